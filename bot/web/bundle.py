"""Static files with a URL for each version, so that browsers may keep them; compressed once."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from pathlib import Path

from aiohttp import hdrs, web

from bot.settings import ConfigurationError

STATIC = Path(__file__).parent / "static"
WEB_CHAT = Path(__file__).parents[2] / "node_modules/botframework-webchat/dist/webchat.js"

#: A changed file has another URL.
KEPT = {hdrs.CACHE_CONTROL: "public, max-age=31536000, immutable"}


class Assets:
    """What the page loads, by its name. `folder` holds the compressed copies."""

    def __init__(self, folder: Path) -> None:
        if not WEB_CHAT.exists():
            raise ConfigurationError("Web Chat is not installed: run `npm ci` in the project's folder.")
        self._versions: dict[str, str] = {}
        self._files: dict[str, Path] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for source in (WEB_CHAT, *sorted(STATIC.iterdir())):
            with source.open("rb") as file:
                version = hashlib.file_digest(file, "sha256").hexdigest()[:16]
            self._versions[source.name] = version
            self._files[source.name] = _placed(source, folder / f"{source.stem}.{version}{source.suffix}")

    def url(self, name: str) -> str:
        return f"/static/{name}?v={self._versions[name]}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in self._files:
            raise web.HTTPNotFound
        is_current = request.query.get("v") == self._versions[name]
        headers = KEPT if is_current else {hdrs.CACHE_CONTROL: "no-cache"}
        # The compressed sibling is sent to those who take it.
        return web.FileResponse(self._files[name], headers={**headers, hdrs.VARY: hdrs.ACCEPT_ENCODING})


def _placed(source: Path, path: Path) -> Path:
    """Puts copies there that are still wanting: from the second start on, none is."""
    for target, packed in ((path.with_name(path.name + ".gz"), True), (path, False)):
        if not target.exists():
            content = source.read_bytes()
            _write(target, gzip.compress(content, 9) if packed else content)
    return path


def _write(target: Path, content: bytes) -> None:
    # Whole or not at all: another process may be starting beside us.
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(target)
