"""CHECKS: what can be wrong with a translation, and how to mend it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.localization import po
from bot.localization.catalogs import BLANK
from bot.localization.counting import wrongly_counted
from bot.localization.extraction import Source
from bot.localization.glossary import Glossary
from bot.localization.han import simplified_only, traditional_only
from bot.localization.lengths import places_of
from bot.localization.locale import Locale
from bot.localization.plurals import FORMS
from bot.localization.po import Message
from bot.localization.typography import wrong_signs

Check = Callable[[Message, Glossary], Iterator[str]]

_RUN = "run `python -m bot strings update`"


@dataclass(frozen=True, slots=True)
class Finding:
    file: str
    line: int
    locale: Locale
    key: str
    check: str
    says: str


def untranslated(entry: Message, glossary: Glossary) -> Iterator[str]:
    if not any(entry.forms):
        yield "has no translation"


def stale(entry: Message, glossary: Glossary) -> Iterator[str]:
    if entry.fuzzy and any(entry.forms):
        was = f": it was {entry.previous[0]!r}" if entry.previous else ""
        yield f"the English has changed{was}; correct the translation and remove the line '#, fuzzy'"


def plural_forms(entry: Message, glossary: Glossary) -> Iterator[str]:
    wanted = 1 if entry.plural is None else FORMS[glossary.locale]
    if len(entry.forms) != wanted:
        yield f"has {len(entry.forms)} forms, the language needs {wanted}"
    elif any(entry.forms) and not all(entry.forms):
        yield "has a translation for some numbers only; fill every msgstr[...]"


def counting(entry: Message, glossary: Glossary) -> Iterator[str]:
    yield from wrongly_counted(entry, glossary.locale)


def blanks(entry: Message, glossary: Glossary) -> Iterator[str]:
    if glossary.locale is Locale.EN:
        return  # "one day" may do without its number there; Russian has the same form for 21
    wanted = {name for source in entry.sources for name in BLANK.findall(source)}
    for form in filter(None, entry.forms):
        given = set(BLANK.findall(form))
        yield from (f"lost the blank {{{name}}}" for name in sorted(wanted - given))
        yield from (f"has a blank {{{name}}} that the English lacks" for name in sorted(given - wanted))


def structure(entry: Message, glossary: Glossary) -> Iterator[str]:
    """Line breaks, links and markup must be those of the English; examples have addresses of their own."""
    english = entry.sources[-1]
    for form in filter(None, entry.forms):
        for what, pattern in _STRUCTURE.items():
            if what == "e-mail addresses" and entry.key.endswith(".example"):
                continue
            if Counter(pattern.findall(form)) != Counter(pattern.findall(english)):
                yield f"has other {what} than the English"
        if form != form.strip():
            yield "begins or ends with a space or line break; remove it"


_STRUCTURE = {
    "line breaks": re.compile(r"\n+"),
    "links": re.compile(r"https?://[!-~]*[\w/]", re.ASCII),
    "e-mail addresses": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    "markup": re.compile(r"\*\*|__|`|^(?:- |\d+\. |#+ )|\]\(", re.MULTILINE),
}


def script(entry: Message, glossary: Glossary) -> Iterator[str]:
    """Characters of the other Chinese, or Latin letters that only look Russian."""
    for form in filter(None, entry.forms):
        if glossary.locale is Locale.ZH_TW:
            yield from _foreign(form, simplified_only(), "Simplified")
        elif glossary.locale is Locale.ZH_CN:
            yield from _foreign(form, traditional_only(), "Traditional")
        elif glossary.locale is Locale.RU:
            for word in _MIXED_WORD.findall(BLANK.sub(" ", form)):
                yield f"{word!r} mixes Latin and Russian letters; type it again with one keyboard"


def _foreign(form: str, characters: frozenset[str], name: str) -> Iterator[str]:
    found = "".join(dict.fromkeys(character for character in form if character in characters))
    if found:
        yield f"has {name} characters: {found}"


_MIXED_WORD = re.compile(
    r"\b(?=[a-z]*[а-яё])(?=[а-яё]*[a-z])[a-zа-яё]+\b"
    # A lone Latin letter that looks Russian; "A–Z" is meant.
    r"|(?<![\w–-])[aceopxy](?![\w–-])",
    re.I,
)


def last_sign(entry: Message, glossary: Glossary) -> Iterator[str]:
    """A sentence stays a sentence, a question a question, a label a label."""
    if entry.key.endswith(".example"):
        return
    wanted = _kind_of_end(entry.sources[-1])
    for form in filter(None, entry.forms):
        if (given := _kind_of_end(form)) != wanted:
            yield f"ends with {given}, the English with {wanted}"


_ENDS = {
    "a full stop": (".", "。"),
    "a question mark": ("?", "？"),
    "an exclamation mark": ("!", "！"),
    "a colon": (":", "："),
    "an ellipsis": ("...", "…"),
    "a comma": (",", "，", "、", ";", "；"),
}


def _kind_of_end(sentence: str) -> str:
    end = sentence.rstrip().rstrip("*_)）]」”»\"'")
    if end.endswith("..."):
        return "an ellipsis"
    return next((kind for kind, signs in _ENDS.items() if end.endswith(signs)), "no sign")


def typography(entry: Message, glossary: Glossary) -> Iterator[str]:
    for form in filter(None, entry.forms):
        yield from wrong_signs(form, glossary.locale)


def length(entry: Message, glossary: Glossary) -> Iterator[str]:
    for place in places_of(entry.key):
        limit = place.limits[glossary.locale]
        for form in filter(None, entry.forms):
            if len(form) > limit:
                yield f"is too long for {place.name}: {len(form)} characters, at most {limit} fit"


def terms(entry: Message, glossary: Glossary) -> Iterator[str]:
    for form in filter(None, entry.forms):
        for wrong, right in glossary.faults(entry.english, form):
            yield f"says {wrong}" + (f"; the term is {right}" if right else ", which the glossary rules out")


def preferred(entry: Message, glossary: Glossary) -> Iterator[str]:
    """The terms that the glossary wants in every sentence whose English has them."""
    for form in filter(None, entry.forms):
        for term in glossary.lacking(entry.english, form):
            others = f" or {', '.join(term.also)}" if term.also else ""
            yield f"has no {term.preferred}{others} for {term.english[0]!r}"


def unchanged(entry: Message, glossary: Glossary) -> Iterator[str]:
    if glossary.locale is Locale.EN or entry.key.endswith(".example") or entry.english not in entry.forms:
        return
    rest = _NOT_WORDS.sub(" ", entry.english)
    for name in sorted(glossary.keep, key=len, reverse=True):
        rest = re.sub(rf"\b{re.escape(name)}\b", " ", rest)
    if re.search(r"[A-Za-z]{2,}", rest):
        yield "is the same as the English"


_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|\{[a-z0-9_]+\}")


def comment(entry: Message, glossary: Glossary) -> Iterator[str]:
    """Said once, of the source: who translates must be told where a sentence appears."""
    if glossary.locale is Locale.EN and not entry.comment:
        yield "has no comment for translators; put '# Translators: ...' above it"


CHECKS: tuple[Check, ...] = (
    untranslated,
    stale,
    plural_forms,
    counting,
    blanks,
    structure,
    script,
    last_sign,
    typography,
    length,
    terms,
    preferred,
    unchanged,
    comment,
)


def check_catalog(folder: Path, locale: Locale) -> list[Finding]:
    """Everything that is wrong with a language's catalog, in the order of its lines."""
    path = po.path_of(folder, locale)
    glossary = Glossary.load(folder, locale)
    return [
        Finding(_name(path, folder), message.line, locale, message.key, one.__name__, says)
        for message in po.read(path)
        for one in CHECKS
        for says in one(message, glossary)
    ]


def check_up_to_date(folder: Path, locale: Locale, sources: Mapping[str, Source]) -> list[Finding]:
    """Where catalog and source have parted because nobody ran the update."""
    path = po.path_of(folder, locale)
    known = {message.key: message for message in po.read(path)}
    return [
        Finding(_name(path, folder), known[key].line if key in known else 1, locale, key, "up_to_date", says)
        for key in sorted(known.keys() | sources.keys())
        if (says := _parted(known.get(key), sources.get(key)))
    ]


def _parted(message: Message | None, source: Source | None) -> str | None:
    if source is None:
        return f"is no longer in the source; {_RUN}"
    if message is None:
        return f"is not in the catalog yet; {_RUN}"
    english = (source.english,) if source.plural is None else (source.english, source.plural)
    return None if message.sources == english else f"is other English in the source; {_RUN}"


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder.parent).as_posix()
