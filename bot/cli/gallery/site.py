"""Writes the gallery as a folder of pages that need no server; only what changed is written again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import jinja2

from bot.cli.gallery.drawings import CHANNELS, PICTURES
from bot.cli.gallery.gathering import Gallery, Progress
from bot.localization.checks import CHECKS
from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO

TEMPLATES = Path(__file__).parent / "templates"
#: What the last build wrote, each file with its content's hash, and what that was made of.
MANIFEST = "manifest.json"
NAMES = {**{locale.value: locale.native for locale in Locale}, PSEUDO: PSEUDO}


class NotOurs(ValueError):
    """The folder to write to holds something else. One line."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture's size, and the words that are drawn wider than their place."""

    width: int
    height: int
    cut_off: Sequence[str] = ()


@dataclass
class Folder:
    """A folder that is brought up to date: what is the same stays untouched, what is left over goes."""

    path: Path
    written: int = 0
    kept: int = 0
    hashes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        manifest = self.path / MANIFEST
        if not manifest.exists() and self.path.exists() and any(self.path.iterdir()):
            raise NotOurs(f"{self.path} is neither empty nor a gallery; give another folder")
        self.path.mkdir(parents=True, exist_ok=True)
        if not manifest.exists():
            # From now on the folder is known as ours, should this build be broken off.
            manifest.write_text(json.dumps({"files": {}, "state": {}}), "utf-8")
        known = json.loads(manifest.read_text("utf-8"))
        self.before: dict[str, str] = known["files"]
        self.state: dict[str, str] = known["state"]
        self._pictures = {name: Shot(**each) for name, each in known.get("pictures", {}).items()}
        self._wanted: set[str] = set()

    def is_whole(self) -> bool:
        return all((self.path / name).exists() for name in (*self.before, *self._pictures))

    def picture(self, name: str) -> Shot | None:
        """The picture of this name, if it is there; it stays, for somebody wants it."""
        self._wanted.add(name)
        shot = self._pictures.get(name)
        return shot if shot and (self.path / name).exists() else None

    def hang(self, name: str, shot: Shot, content: bytes) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._pictures[name] = shot

    def put(self, name: str, content: str) -> None:
        self.hashes[name] = digest(content)
        path = self.path / name
        if self.before.get(name) == self.hashes[name] and path.exists():
            self.kept += 1
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        self.written += 1

    def note(self) -> None:
        """Notes which pictures are there, so that a build that is broken off need not make them again."""
        self._write({**self.before, **self.hashes}, self.state)

    def finish(self, state: Mapping[str, str]) -> None:
        """Removes what is left over, and notes what was made, and of what."""
        # A build that died may have left pictures of which nothing is noted.
        drawn = {path.relative_to(self.path).as_posix() for path in self.path.glob(f"{PICTURES}/*")}
        for name in (self.before.keys() - self.hashes.keys()) | (drawn - self._wanted):
            (self.path / name).unlink(missing_ok=True)
        self._pictures = {name: shot for name, shot in self._pictures.items() if name in self._wanted}
        self._write(self.hashes, state)

    def _write(self, files: Mapping[str, str], state: Mapping[str, str]) -> None:
        pictures = {name: asdict(shot) for name, shot in self._pictures.items()}
        noted = {"files": files, "state": dict(state), "pictures": pictures}
        (self.path / MANIFEST).write_text(json.dumps(noted, indent=0, sort_keys=True), "utf-8")


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:24]


def write(gallery: Gallery, folder: Folder, progress: Progress) -> None:
    pages = _Pages(gallery, folder)
    folder.put("gallery.css", (TEMPLATES / "gallery.css").read_text("utf-8"))
    folder.put("gallery.js", (TEMPLATES / "gallery.js").read_text("utf-8"))
    folder.put("index.html", pages.page("index.html", ""))
    folder.put("keys.html", pages.page("keys.html", ""))
    total = len(gallery.scenes) + len(gallery.keys)
    for number, (name, content) in enumerate(pages.all(), 1):
        folder.put(name, content)
        if number % 50 == 0 or number == total:
            progress("pages", number, total)


def file_of(name: str) -> str:
    """A key or a scene's name as the name of a file."""
    return re.sub(r"[^A-Za-z0-9.-]", "_", name)


class _Pages:
    def __init__(self, gallery: Gallery, folder: Folder) -> None:
        self._gallery = gallery
        self._folder = folder
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals |= {
            "file_of": file_of,
            "names": NAMES,
            "locales": [locale.value for locale in Locale],
            "gallery": gallery,
            "checks": [check.__name__ for check in CHECKS],
            "known": {key.id for key in gallery.keys},
            "channels": CHANNELS,
            "picture": folder.picture,
            "cut_off": self._cut_off,
        }
        self._environment = environment

    def _cut_off(self) -> list[tuple[str, str]]:
        """The moments with a picture in which words are cut off, and what says so."""
        found: dict[tuple[str, str], None] = {}
        for scene in self._gallery.scenes:
            for number, moment in enumerate(scene.moments, 1):
                for drawing in (each for version in moment.versions.values() for each in version.drawings):
                    shot = self._folder.picture(drawing.name)
                    if shot and shot.cut_off:
                        told = f"{scene.id}, moment {number}: {CHANNELS[drawing.channel]}, {drawing.lang}"
                        found[f"scenes/{file_of(scene.id)}.html#{number}", told] = None
        return list(found)

    def page(self, template: str, root: str, **values: Any) -> str:
        return self._environment.get_template(template).render(root=root, **values)

    def all(self) -> Iterator[tuple[str, str]]:
        for scene in self._gallery.scenes:
            yield f"scenes/{file_of(scene.id)}.html", self.page("scene.html", "../", scene=scene)
        for key in self._gallery.keys:
            yield f"keys/{file_of(key.id)}.html", self.page("key.html", "../", key=key)
