"""Brings catalogs up to date by key; changed English marks a translation stale instead of losing it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.localization import po
from bot.localization.extraction import Source
from bot.localization.locale import Locale
from bot.localization.plurals import FORMS
from bot.localization.po import Message

#: What a translator hands in for a key: one translation, or one for each plural form.
Filling = Mapping[str, str | Sequence[str]]


def update(folder: Path, sources: Mapping[str, Source]) -> dict[Locale, bool]:
    """Writes the catalogs of all languages; says which of them changed."""
    return {locale: _update_one(folder, locale, sources) for locale in Locale}


def _update_one(folder: Path, locale: Locale, sources: Mapping[str, Source]) -> bool:
    path = po.path_of(folder, locale)
    with _alone(path):
        known = {message.key: message for message in po.read(path)} if path.exists() else {}
        return po.write(path, locale, merged(sources, known, locale))


def merged(sources: Mapping[str, Source], known: Mapping[str, Message], locale: Locale) -> list[Message]:
    """A catalog for the sentences we have now, with what is known of their translations."""
    if locale is Locale.EN:
        return [_english(source) for source in sources.values()]
    return [_merged(source, known.get(source.key), locale) for source in sources.values()]


def _fresh(source: Source, forms: tuple[str, ...]) -> Message:
    # Places without line numbers: else every edit above a sentence would change all catalogs.
    places = tuple(dict.fromkeys(place.rpartition(":")[0] or place for place in source.places))
    return Message(source.key, source.english, source.plural, forms, source.comment, places)


def _english(source: Source) -> Message:
    return _fresh(source, (source.english,) if source.plural is None else (source.english, source.plural))


def _merged(source: Source, known: Message | None, locale: Locale) -> Message:
    count = 1 if source.plural is None else FORMS[locale]
    fresh = _fresh(source, ("",) * count)
    if known is None or not any(known.forms):
        return fresh
    last = len(known.forms) - 1
    kept = replace(fresh, forms=tuple(known.forms[min(index, last)] for index in range(count)))
    if fresh.sources == (known.previous if known.fuzzy and known.previous else known.sources):
        # The English is what was translated (or is so again); who marked it by hand still wants it looked at.
        return replace(kept, fuzzy=known.fuzzy and not known.previous)
    return replace(kept, fuzzy=True, previous=known.previous or known.sources)


def missing(folder: Path, locale: Locale) -> list[Message]:
    """What a translator has to do: no translation yet, or one for an older English."""
    return [message for message in po.read(po.path_of(folder, locale)) if not message.translated]


def fill(folder: Path, locale: Locale, filling: Filling) -> dict[str, str]:
    """Writes translations into a catalog. Says by key what could not be taken; the rest is written."""
    path = po.path_of(folder, locale)
    with _alone(path):
        messages = {message.key: message for message in po.read(path)}
        refused = {}
        for key, given in filling.items():
            taken = _filled(messages[key], given, locale) if key in messages else "there is no such key"
            if isinstance(taken, Message):
                messages[key] = taken
            else:
                refused[key] = taken
        po.write(path, locale, messages.values())
    return refused


@dataclass(slots=True)
class Taken:
    """What became of the translations that somebody handed in, by key."""

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def take(folder: Path, locale: Locale, handed: Iterable[Message]) -> Taken:
    """Takes over the translations of another file, whatever its format; what it lacks stays as it is."""
    path = po.path_of(folder, locale)
    taken = Taken()
    with _alone(path):
        messages = {message.key: message for message in po.read(path)}
        for each in handed:
            known = messages.get(each.key)
            new = "there is no such key" if known is None else _taken(known, each, locale)
            if isinstance(new, str):
                taken.refused[each.key] = new
            elif new == known:
                taken.unchanged += 1
            else:
                messages[each.key] = new
                taken.written.append(each.key)
        po.write(path, locale, messages.values())
    return taken


def _taken(known: Message, handed: Message, locale: Locale) -> Message | str:
    if not any(handed.forms):
        return known
    new = _filled(known, handed.forms, locale)
    if isinstance(new, str):
        return new
    if handed.sources == known.sources:
        return replace(new, fuzzy=handed.fuzzy, previous=handed.previous if handed.fuzzy else ())
    if known.translated:
        return f"it was translated from other English: {handed.english!r}"
    return replace(new, fuzzy=True, previous=handed.sources)


def _filled(message: Message, given: object, locale: Locale) -> Message | str:
    forms = [given] if isinstance(given, str) else given
    count = 1 if message.plural is None else FORMS[locale]
    if not isinstance(forms, list | tuple) or not all(
        isinstance(form, str) and form.strip() for form in forms
    ):
        return "a translation is a text that is not empty, or a list of such texts"
    if len(forms) != count:
        return f"the number of forms must be {count}, not {len(forms)}"
    typeset = tuple(_typeset(form, locale) for form in forms)
    return replace(message, forms=typeset, fuzzy=False, previous=())


def _typeset(form: str, locale: Locale) -> str:
    """The no-break spaces that nobody can see while typing."""
    if locale is Locale.RU:
        return form.replace(" — ", "\u00a0— ").replace("№ ", "№\u00a0")
    return form


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One writer of a catalog at a time, also among several programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
