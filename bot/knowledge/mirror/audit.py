"""Compares the sections behind each topic with its answer, with the last review, and with each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.mirror.answers import Answers, Cited
from bot.knowledge.mirror.facts import carried, is_page
from bot.knowledge.mirror.findings import (
    Finding,
    Kind,
    Row,
    behind,
    differences,
    mark,
    presence,
    since,
    was_moved,
)
from bot.knowledge.mirror.reviews import Review, Reviews
from bot.knowledge.mirror.sections import Checkout, Found, Lost
from bot.localization.locale import Locale

#: What the new review itself settles.
_SETTLED = {Kind.UNREVIEWED, Kind.MOVED, Kind.AHEAD}


@dataclass(frozen=True, slots=True)
class Audited:
    """A section behind a topic in one language."""

    topic: str
    link: str
    locale: Locale
    cited: Cited
    found: Found | None
    review: Review | None
    findings: tuple[Finding, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.open)

    @property
    def state(self) -> Kind | None:
        """The gravest of what is open."""
        return min((finding.kind for finding in self.open), key=list(Kind).index, default=None)


class Audit:
    def __init__(self, answers: Answers, checkout: Checkout, reviews: Reviews) -> None:
        self._answers = answers
        self._checkout = checkout
        self._reviews = reviews

    def topics(self, wanted: Iterable[str]) -> list[Audited]:
        """Each section of these topics in each language, in the order of the topics."""
        return [
            each for topic in wanted for link in self._answers.links[topic] for each in self._of(topic, link)
        ]

    def accept(self, audited: Iterable[Audited], today: datetime.date) -> None:
        """Writes down as reviewed what was found, and what was found wrong with it."""
        for each in audited:
            languages = self._reviews.setdefault(each.topic, {}).setdefault(each.link, {})
            languages[each.locale] = _reviewed(each, today)

    def _of(self, topic: str, link: str) -> Iterator[Audited]:
        cited = {locale: self._answers.cited(link, locale) for locale in self._checkout.locales}
        row = {locale: self._checkout.find(c.page, c.anchor, locale) for locale, c in cited.items()}
        kept = self._reviews.get(topic, {}).get(link, {})
        moved = {locale: was_moved(row[locale], kept.get(locale)) for locale in row}
        for locale in row:
            review = kept.get(locale)
            found = [
                *presence(cited[locale], row[locale], self._lost(cited[locale], row[locale], locale), locale),
                *since(row[locale], review, moved, locale, self._answers.facts(link, locale)),
                *behind(row, locale),
                *self._contents(topic, link, row, locale),
            ]
            known = review.known if review else frozenset()
            findings = (
                Finding(each.kind, each.says, each.mark, each.to_mend or each.mark not in known)
                for each in found
            )
            yield Audited(topic, link, locale, cited[locale], row[locale], review, tuple(findings))

    def _lost(self, cited: Cited, found: Found | None, locale: Locale) -> Lost | None:
        return None if found else self._checkout.lost(cited, locale)

    def _contents(self, topic: str, link: str, row: Row, locale: Locale) -> Iterator[Finding]:
        found = row[locale]
        if found is None:
            return
        ours = self._answers.facts(link, locale)
        for fact in sorted(found.facts):
            if not is_page(fact) and not carried(fact, ours):
                yield Finding(Kind.NOT_CARRIED, mark(fact), mark(fact))
        yield from differences(row, locale)
        english = row.get(Locale.EN)
        source = english.text if english else self._answers.spoken(topic, Locale.EN)
        faults = dict(self._answers.glossaries[locale].faults(source, found.text))
        for wrong, right in sorted(faults.items()):
            if not any(wrong in longer for longer in faults.keys() - {wrong}):
                yield Finding(Kind.TERM, f"{wrong} (ours: {right})" if right else wrong, f"term {wrong}")


def _reviewed(each: Audited, today: datetime.date) -> Review:
    known = frozenset(
        finding.mark for finding in each.findings if not finding.to_mend and finding.kind not in _SETTLED
    )
    found = each.found
    if found is None:
        return Review(reviewed=today, known=known)
    return Review(
        reviewed=today,
        digest=found.digest,
        date=found.date,
        translation=found.translation,
        version=found.version,
        facts=tuple(mark(fact) for fact in sorted(found.facts)),
        known=known,
    )
