"""Gathers what the gallery shows: every scene, every key with its words, findings and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.catalogs import findings_in, sentences
from bot.cli.gallery.drawings import Drawing
from bot.cli.gallery.families import family_of
from bot.cli.gallery.forming import form_places
from bot.cli.gallery.moments import Moment, Scene, Stage
from bot.cli.gallery.placing import placed_scenes
from bot.cli.gallery.playing import Players
from bot.cli.gallery.samples import COUNTS, NoSample, filled, text_of
from bot.cli.gallery.scripts import Script, scripts
from bot.cli.gallery.talks import Talk, talks
from bot.localization import po
from bot.localization.catalogs import Catalogs
from bot.localization.extraction import Source
from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.localization.pseudo import accented

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Translated:
    """A key in one language. `counted` holds the sentence with each of the sample numbers."""

    tag: str
    forms: tuple[str, ...]
    is_stale: bool
    previous: tuple[str, ...]
    findings: tuple[str, ...]
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a key is shown: a moment of a scene, counted from 1."""

    scene: Scene
    number: int

    @property
    def moment(self) -> Moment:
        return self.scene.moments[self.number - 1]


@dataclass(frozen=True, slots=True)
class Key:
    source: Source
    translated: tuple[Translated, ...]
    shown: tuple[Shown, ...]

    @property
    def id(self) -> str:
        return self.source.key


@dataclass(frozen=True, slots=True)
class Gallery:
    scenes: tuple[Scene, ...]
    keys: tuple[Key, ...]
    #: Why a sentence could not be put in its place, by key.
    lacking: Mapping[str, str]

    @property
    def unshown(self) -> tuple[Key, ...]:
        return tuple(key for key in self.keys if not key.shown)

    @property
    def drawings(self) -> Iterator[Drawing]:
        for scene in self.scenes:
            for moment in scene.moments:
                for version in moment.versions.values():
                    yield from version.drawings

    @property
    def differences(self) -> tuple[str, ...]:
        return tuple(each for scene in self.scenes for each in scene.differences)


async def gather(root: Path, progress: Progress) -> Gallery:
    stage = Stage()
    sources = sentences(root)
    scenes = await _played(stage, progress)
    progress("questions and answers of the form", 0, 2)
    scenes += placed_scenes(stage, form_places())
    progress("questions and answers of the form", 1, 2)
    shown = _keys(scenes)
    lacking: dict[str, str] = {}
    # Sentences of dialogs last: other sentences stand in some of them.
    for source in sorted(sources.values(), key=lambda source: source.places[0].startswith("dialogs/")):
        if source.key not in shown:
            try:
                placed = placed_scenes(stage, family_of(source))
            except NoSample as problem:
                lacking[source.key] = str(problem)
                continue
            scenes += placed
            shown |= _keys(placed)
    scenes = _joined(scenes)
    progress("questions and answers of the form", 2, 2)
    return Gallery(tuple(scenes), tuple(_all_keys(root, stage.catalogs, sources, scenes)), lacking)


async def _played(stage: Stage, progress: Progress) -> list[Scene]:
    scenes = []
    wanted: list[Script | Talk] = [*scripts(), *talks()]
    async with Players.on(stage) as players:
        for number, each in enumerate(wanted, 1):
            scenes.append(await players.play(each))
            progress("conversations", number, len(wanted))
    return scenes


def _keys(scenes: Sequence[Scene]) -> set[str]:
    return {key for scene in scenes for moment in scene.moments for key in moment.keys}


def _joined(scenes: Sequence[Scene]) -> list[Scene]:
    """Scenes of one name as one scene."""
    joined: dict[str, Scene] = {}
    for scene in scenes:
        known = joined.get(scene.id)
        moments = (*known.moments, *scene.moments) if known else scene.moments
        joined[scene.id] = Scene(scene.id, scene.title, scene.played, moments)
    return list(joined.values())


def _all_keys(
    root: Path, catalogs: Catalogs, sources: Mapping[str, Source], scenes: Sequence[Scene]
) -> list[Key]:
    shown: dict[str, list[Shown]] = {}
    for scene in scenes:
        for number, moment in enumerate(scene.moments, 1):
            for key in moment.keys:
                shown.setdefault(key, []).append(Shown(scene, number))
    folder = root / "locales"
    known = {locale: {each.key: each for each in po.read(po.path_of(folder, locale))} for locale in Locale}
    findings = _findings(folder, sources)
    return [
        Key(
            source,
            (
                *(_translated(source, locale, known[locale], findings, catalogs) for locale in Locale),
                _disguised(source),
            ),
            _best(shown.get(key, [])),
        )
        for key, source in sorted(sources.items())
    ]


def _best(shown: list[Shown]) -> tuple[Shown, ...]:
    """The moments of a key: those that say little else come first, as far as they are needed."""
    wanted = sorted(shown, key=lambda each: (len(each.moment.keys), each.scene.id, each.number))
    return tuple(wanted[:MOMENTS])


#: More moments of one key tell nothing new.
MOMENTS = 5


def _findings(folder: Path, sources: Mapping[str, Source]) -> dict[tuple[str, Locale], list[str]]:
    by_key: dict[tuple[str, Locale], list[str]] = {}
    for finding in findings_in(folder, sources, list(Locale)):
        by_key.setdefault((finding.key, finding.locale), []).append(f"{finding.check}: {finding.says}")
    return by_key


def _translated(
    source: Source,
    locale: Locale,
    known: Mapping[str, po.Message],
    findings: Mapping[tuple[str, Locale], Sequence[str]],
    catalogs: Catalogs,
) -> Translated:
    message = known.get(source.key)
    english = (source.english,) if source.plural is None else (source.english, source.plural)
    return Translated(
        locale.value,
        english if locale is Locale.EN else message.forms if message else (),
        bool(message and message.fuzzy),
        message.previous if message else (),
        tuple(findings.get((source.key, locale), ())),
        _counted(source, locale, catalogs),
    )


def _counted(source: Source, locale: Locale, catalogs: Catalogs) -> tuple[str, ...]:
    if source.plural is None or source.places[0].startswith("bot/knowledge"):
        return ()
    text = text_of(source)
    try:
        return tuple(catalogs.say(filled(text, count=count), locale) for count in COUNTS)
    except NoSample:
        return ()  # told where the sentence is put in its place


def _disguised(source: Source) -> Translated:
    return Translated(PSEUDO, (accented(source.english),), False, (), ())
