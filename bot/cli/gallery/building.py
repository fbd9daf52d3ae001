"""Builds the gallery: gathers, writes, and tells what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.gallery.chromium import path_of_chromium
from bot.cli.gallery.drawings import Drawing
from bot.cli.gallery.gathering import Gallery, Progress, gather
from bot.cli.gallery.painting import paint
from bot.cli.gallery.site import Folder, Shot, write

#: What a gallery is made of, seen from the root of the project.
MADE_OF = ("bot", "dialogs", "locales", "package-lock.json", "requirements.txt")
MEND = "let a talk in bot/cli/gallery/talks.yml come by it, or give its family a place in families.py"
#: In the manifest: what everything was made of.
STATE = "state"
#: In the manifest: whether all pictures were drawn.
DRAWN = "drawn"
#: After so many pictures they are noted, so that a build that dies need not make them again.
OFTEN = 200
#: In the manifest: what was wrong, so that a build with nothing to do says so again.
FAULTS = "faults"


@dataclass(frozen=True, slots=True)
class Built:
    """`told`: what was done, in one line. `faults`: what is wrong with scenes, a line each."""

    told: str
    faults: tuple[str, ...]


async def build(root: Path, out: Path, progress: Progress, *, draws: bool = True) -> Built:
    """Brings the folder up to date. Where nothing has changed since the last build, nothing is done.
    Raises `NoPictures` where nothing can be drawn but should be."""
    if draws:
        await path_of_chromium()
    folder = Folder(out)
    state = {STATE: fingerprint(root), DRAWN: "all"}
    is_drawn = not draws or folder.state.get(DRAWN) == state[DRAWN]
    if folder.state.get(STATE) == state[STATE] and is_drawn and folder.is_whole():
        return Built("nothing has changed", tuple(folder.state[FAULTS].splitlines()))
    gallery = await gather(root, progress)
    drawings = {drawing.name: drawing for drawing in gallery.drawings}
    missing = [drawing for name, drawing in drawings.items() if not folder.picture(name)]
    if draws:
        await _draw(missing, folder, progress)
    elif missing:
        state[DRAWN] = "some"
    write(gallery, folder, progress)
    faults = tuple(faults_of(gallery))
    folder.finish(state | {FAULTS: "\n".join(faults)})
    told = f"{len(gallery.keys)} sentences in {len(gallery.scenes)} scenes"
    pages = f"pages: {folder.written} written, {folder.kept} as before"
    drawn = len(missing) if draws else 0
    pictures = f"pictures: {drawn} drawn, {len(drawings) - len(missing)} as before"
    return Built(f"{told}; {pages}; {pictures}", faults)


async def _draw(missing: Sequence[Drawing], folder: Folder, progress: Progress) -> None:
    done = 0

    def keep(drawing: Drawing, shot: Shot, content: bytes) -> None:
        nonlocal done
        done += 1
        folder.hang(drawing.name, shot, content)
        progress("pictures", done, len(missing))
        if done % OFTEN == 0:
            folder.note()

    try:
        await paint(missing, keep)
    finally:
        folder.note()


def faults_of(gallery: Gallery) -> Iterator[str]:
    for key in gallery.unshown:
        yield f"{key.source.places[0]}: no scene shows {key.id}; {gallery.lacking.get(key.id, MEND)}"
    for each in gallery.differences:
        yield f"differs in structure: {each}"


def fingerprint(root: Path) -> str:
    """Of everything a gallery is made of; compiled files aside."""
    found = hashlib.sha256()
    for path in sorted(_files(root)):
        found.update(path.relative_to(root).as_posix().encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for name in MADE_OF:
        path = root / name
        inside = path.rglob("*") if path.is_dir() else [path]
        yield from (each for each in inside if each.is_file() and "__pycache__" not in each.parts)
