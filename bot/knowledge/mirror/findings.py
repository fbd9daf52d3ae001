"""What can be found of a section beside its last review, the other languages and sources.yml."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.mirror.answers import Cited
from bot.knowledge.mirror.facts import Fact, carried
from bot.knowledge.mirror.reviews import Review
from bot.knowledge.mirror.sections import Found, Lost
from bot.localization.locale import Locale


class Kind(StrEnum):
    """What can be found, the gravest first."""

    RENAMED = "renamed"
    MISSING = "missing"
    AHEAD = "ahead"
    MOVED = "moved"
    CITED = "cited"
    BEHIND = "behind"
    UNREVIEWED = "unreviewed"
    NOT_CARRIED = "not-carried"
    DIFFERS = "differs"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Kind
    says: str
    #: By what it is known again after a review.
    mark: str
    open: bool = True

    @property
    def to_mend(self) -> bool:
        """Stays open whoever has seen it: what the answer says of its source is wrong."""
        return self.kind in (Kind.RENAMED, Kind.CITED)


#: A section in each language.
Row = Mapping[Locale, Found | None]


def mark(fact: Fact) -> str:
    return f"{fact.kind} {fact}"


def presence(cited: Cited, found: Found | None, lost: Lost | None, locale: Locale) -> Iterator[Finding]:
    """What is not where sources.yml says (then `lost` tells more), or is and should not be."""
    if lost is not None:
        yield from _absence(cited, lost)
    elif cited.lacks:
        yield Finding(Kind.CITED, "the section is there, though sources.yml says it lacks", "cited lacks")
    elif found and locale is not Locale.EN and (wrong := _wrongly_cited(cited, found)):
        yield Finding(Kind.CITED, wrong, f"cited {found.date} {found.translation}")


def _absence(cited: Cited, lost: Lost) -> Iterator[Finding]:
    likely = f"; likeliest now: {lost.likely}" if lost.likely else ""
    if not lost.page_is_there:
        yield Finding(Kind.MISSING, f"no page {cited.page}{likely}", "missing page")
        if cited.copy:
            yield Finding(Kind.CITED, f"sources.yml has a copy of {cited.copy.date}", "cited copy")
    elif cited.lacks:
        yield Finding(Kind.MISSING, "no such section in this copy, as sources.yml says", "missing section")
    elif lost.likely:
        yield Finding(Kind.RENAMED, f"no #{cited.anchor} on the page{likely}", f"renamed {lost.likely}")
    else:
        yield Finding(Kind.MISSING, f"no #{cited.anchor} on the page, nor one like it", "missing section")
        yield Finding(Kind.CITED, 'sources.yml does not say so under "lacks"', "cited section")


def was_moved(found: Found | None, review: Review | None) -> bool | None:
    """None where there is nothing to compare."""
    if review is None or (found is None and review.digest is None):
        return None
    return (found.digest if found else None) != review.digest


def since(
    found: Found | None,
    review: Review | None,
    moved: Mapping[Locale, bool | None],
    locale: Locale,
    ours: frozenset[Fact],
) -> Iterator[Finding]:
    """What has changed since the review; `moved` says of each language whether it has."""
    if review is None:
        yield Finding(Kind.UNREVIEWED, "never reviewed", "unreviewed")
    if review is None or not moved[locale]:
        return
    what = f"since the review of {review.reviewed}: {'; '.join(_changes(found, review, ours))}"
    stayed = [other.value for other, has in moved.items() if has is False]
    if stayed and review.digest:
        yield Finding(Kind.AHEAD, f"not in {', '.join(stayed)}; {what}", "moved")
    else:
        yield Finding(Kind.MOVED, what, "moved")


def _changes(found: Found | None, review: Review, ours: frozenset[Fact]) -> Iterator[str]:
    if found is None:
        yield "it is gone"
        return
    if review.digest is None:
        yield "it is new in this language"
    for what, before, now in (
        ("date", review.date, found.date),
        ("translation", review.translation, found.translation),
        ("English version", review.version[:8], found.version[:8]),
    ):
        if before != now and review.digest:
            yield f"{what} {before or 'none'} → {now or 'none'}"
    facts = {mark(fact) for fact in found.facts}
    for what, marks in (("came", facts - {*review.facts}), ("went", {*review.facts} - facts)):
        if marks:
            yield f"{what}: {', '.join(sorted(marks))}"
    if kept := {mark(fact) for fact in ours} & {*review.facts} - facts:
        yield f"our answers still have: {', '.join(sorted(kept))}"
    if review.digest and facts == {*review.facts}:
        yield "other words, the same figures"


def behind(row: Row, locale: Locale) -> Iterator[Finding]:
    """Translated from an older English page than another language's copy."""
    found = row[locale]
    there = {other: each for other, each in row.items() if each}
    if found is None or found.date is None:
        return
    other, ahead = max(there.items(), key=lambda each: _age(each[1]))
    if _age(ahead) == _age(found) or (ahead.version == found.version and ahead.date == found.date):
        return
    says = f"of {found.date}; {other.value} is of {ahead.date}"
    if ahead.date == found.date:
        says = f"translated {found.translated}; {other.value} {ahead.translated}, from a newer English page"
    yield Finding(Kind.BEHIND, says, f"behind {found.version} {ahead.version}")


def _age(found: Found) -> tuple[datetime.date, datetime.date]:
    """The day of the page, then that of its translation."""
    never = datetime.date.min
    return found.date or never, found.translated or never


def differences(row: Row, locale: Locale) -> Iterator[Finding]:
    """A fact that most of the languages have and this one lacks, or that is only here, or fewer times."""
    there = {other: each for other, each in row.items() if each is not None}
    for fact in sorted(frozenset().union(*(each.facts for each in there.values()))):
        having = [other.value for other, each in there.items() if carried(fact, each.facts)]
        lacking = [other.value for other in there if other.value not in having]
        if lacking and len(having) > len(lacking) and locale.value in lacking:
            says = f"lacks {mark(fact)}, which {', '.join(having)} have"
            yield Finding(Kind.DIFFERS, says, f"lacks {mark(fact)}")
        elif lacking and len(having) <= len(lacking) and locale.value in having:
            says = f"has {mark(fact)}, which {', '.join(lacking)} lack"
            yield Finding(Kind.DIFFERS, says, f"alone {mark(fact)}")
        elif not lacking and fact.kind != "address":
            yield from _fewer(fact, there, locale)


def _fewer(fact: Fact, there: Mapping[Locale, Found], locale: Locale) -> Iterator[Finding]:
    """A rule that this language's older English page lacks may be in figures that it has for another."""
    found = there[locale]
    other, most = max(there.items(), key=lambda each: each[1].counts.get(fact, 0))
    times = found.counts.get(fact, 0), most.counts.get(fact, 0)
    if 0 < times[0] < times[1] and found.version != most.version:
        says = f"has {mark(fact)} {times[0]}×, {other.value} {times[1]}×"
        yield Finding(Kind.DIFFERS, says, f"fewer {mark(fact)}")


def _wrongly_cited(cited: Cited, found: Found) -> str | None:
    if cited.copy is None:
        return "sources.yml knows no copy of this page"
    if found.date != cited.copy.date:
        return f"sources.yml gives the day {cited.copy.date}, the page {found.date}"
    if found.translation != cited.copy.translation:
        now = found.translation or "nothing"
        return f"sources.yml says {cited.copy.translation} translation, the page {now}"
    return None
