"""Where sentences stand that neither a played conversation nor the form shows, by their keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bot.cli.gallery.forming import YES_NO, asking
from bot.cli.gallery.moments import NOW
from bot.cli.gallery.placing import Place, Surface
from bot.cli.gallery.samples import COMPANY, filled, text_of
from bot.domain import lifecycle
from bot.domain.application import NAMED
from bot.domain.eligibility_texts import REMEDIES, UNMET
from bot.domain.fields import Field
from bot.domain.lifecycle import Status
from bot.domain.problems import PROBLEMS
from bot.domain.timers import TIMERS
from bot.knowledge.sources import Source as Cited
from bot.localization.extraction import Source
from bot.localization.locale import Locale
from bot.text import Text
from bot.turn import Article, Choice, Input, InputForm, Passage, Passages, Reply
from dialogs import answer, assessment, countries, section_card, sending, status, words

#: What makes a place of a sentence.
Family = Callable[[Text], Iterable[Place | Surface]]

ANSWERS = {**COMPANY, "model": "indirect-reseller", "legal_country": "KZ", "bank_country": "KZ"}
#: A question whose answers a problem is about, by the beginning of its key; the longest that fits counts.
ABOUT = {
    "": "legal_name",
    "address": "address_region",
    "bank": "bank_account",
    "mpn": "mpn_id",
    "registration": "registration_id",
}


def family_of(source: Source) -> Iterable[Place | Surface]:
    """Where a sentence stands by its family; nowhere if it has none. Raises `NoSample`."""
    make = next((make for pattern, make in FAMILIES if pattern.match(_address(source))), None)
    return make(filled(text_of(source))) if make else ()


def _address(source: Source) -> str:
    return f"{source.places[0]} {source.key}"


def _about(key: str) -> Field:
    family = key.split(".")[1]
    return NAMED[ABOUT.get(family, ABOUT[""])]


def _problem(text: Text) -> Iterator[Place]:
    field = _about(text.key)
    replies = (Reply(text), asking(field, ANSWERS))
    yield Place("problems.others", f"an answer to {field.name} that cannot be taken", replies, "?")


def _remark(text: Text) -> Iterator[Place]:
    field = _about(text.key)
    yield Place("remarks.others", "a note on an answer that was taken", (Reply(text), asking(field, ANSWERS)))


def _confirm(text: Text) -> Iterator[Place]:
    yield Place("confirms.others", "an answer that needs a yes", (Reply(text, choices=YES_NO),))


def _blocked(text: Text) -> Iterator[Place]:
    yield Place("blocked", "why an application cannot be sent", (Reply(sending.BLOCKED.fill(reason=text)),))


def _status(text: Text) -> Iterator[Place]:
    name = text.key.split(".")[1]
    stands = status.STANDS.fill(
        number="CSP-2026-0042",
        date=NOW.date(),
        status=lifecycle.label(Status(name)),
        told=lifecycle.told(Status(name)),
    )
    yield Place("statuses", f"an application that is in the status {name}", (Reply(stands),))


def _timer(text: Text) -> Iterator[Place]:
    after = next(timer.id for timer in TIMERS if timer.says.key == text.key)
    yield Place("statuses", f"some time has passed: {after}", (Reply(text),))


def _requirement(text: Text) -> Iterator[Place]:
    row = text.key.split(".")[1]
    unmet = filled(UNMET[row]) if row in UNMET else None
    remedy = text if ".remedy" in text.key else filled(REMEDIES[row])
    if ".look-up" in text.key:
        remedy = assessment.LOOK_IT_UP.fill(remedy=remedy, look_up=text)
    point = assessment.FINDING.fill(unmet=unmet, remedy=remedy) if unmet else remedy
    closing = (assessment.STAY_INDIRECT, assessment.RULE_DATE.fill(date=NOW.date()))
    article = Article("direct.requirements", assessment.NOT_YET, (), (point,), (), closing)
    yield Place("assessment", f"direct bill does not fit yet: {row}", (Reply(attachment=article),))


def _button(text: Text) -> Iterator[Place]:
    choice = Choice(text, {"press": "example"})
    replies = (Reply(words.WHAT_NEXT, choices=(choice,)),)
    yield Place("buttons", "a button", replies)


def _region(text: Text) -> Iterator[Place]:
    choice = Choice(text, {"press": "example"})
    yield Place("buttons", "a region of the program", (Reply(countries.WHICH_REGION, choices=(choice,)),))


def _cited(text: Text) -> Iterator[Place]:
    """The notices of sources: what kind of translation a page is."""
    kind = text.key.rpartition(".")[2]
    known = {"missing": "missing", "human": "human", "outdated": "human", "machine": "machine"}
    translation = known.get(kind.partition("-")[0])
    url = "https://learn.microsoft.com/partner-center/enrolling-in-the-csp-program#eligibility"
    title, section = "Enroll in the CSP program", "Eligibility"
    passage = Passage(Locale.EN, title, section, "Partners enroll first.", url, None, None, False)
    if kind == "undated":
        yield Place(
            "sources", "a page without a date", (Reply(attachment=Passages(answer.PAGES, (passage,))),)
        )
        return
    if kind == "nearest":
        article = Article("gallery", section_card.FILL_IN, (), nearest=passage)
        yield Place("sources", "a section that may be closer", (Reply(attachment=article),))
        return
    outdated = kind.endswith("outdated")
    source = Cited(title, url, section, NOW.date(), translation, outdated)  # type: ignore[arg-type]
    article = Article("gallery", section_card.FILL_IN, (), sources=(source,))
    yield Place("sources", f"a source: {kind}", (Reply(attachment=article),))


def _note(text: Text) -> Iterator[Place]:
    """Above the input fields of a form."""
    field = NAMED["support_email"]
    example = field.example({})
    problem = PROBLEMS["email"].fill(example=example)
    entry = Input(
        field.name, field.prompt({}), example, True, field.ask.entry, value="anna@", problem=problem
    )
    form = InputForm(field.ask.section.label, text, (entry,), Choice(section_card.SUBMIT, {"press": "fill"}))
    yield Place("form.notes", "a form that is shown again", (Reply(attachment=form),))


def _number_name(text: Text) -> Iterator[Place]:
    """The name of a company's number or of a bank's code, in the question for it."""
    prompt = NAMED["registration_id"].prompt(ANSWERS)
    yield Place("form.company", "the question for a number", (Reply(prompt.fill(name=text)),))


def _chat(text: Text) -> Iterator[Place]:
    yield Place("chat", "a reply in the chat", (Reply(text),))


def _outside(scene: str, told: str) -> Family:
    return lambda text: (Surface(scene, told, text),)


#: By "file:line key"; the first that fits.
FAMILIES: tuple[tuple[re.Pattern[str], Family], ...] = tuple(
    (re.compile(pattern), family)
    for pattern, family in (
        (r"\S+ problem\.", _problem),
        (r"\S+ remark\.", _remark),
        (r"\S+ confirm\.", _confirm),
        (r"\S+ blocked\.", _blocked),
        (r"\S+ lifecycle\.", _status),
        (r"\S+ timer\.", _timer),
        (r"\S+ eligibility\.", _requirement),
        (r"\S+ region\.", _region),
        (r"\S+ registration\.name\.", _number_name),
        (r"\S+ (button|option)\.", _button),
        (r"\S+ render\.(source|nearest)", _cited),
        (r"\S+ form\.(look-again|outdated)$", _note),
        (r"bot/web/chrome\.py\S* ", _outside("page", "around the chat on its page")),
        (r"bot/web/widget/demo\.py\S* ", _outside("demo", "on the page that shows the chat on a site")),
        (r"bot/domain/privacy_texts\.py\S* privacy\.title", _outside("privacy", "above the page on data")),
        (r"bot/web/widget/script\.py\S* ", _outside("embed", "around the chat on somebody's site")),
        (r"bot/cli/teams_package\.py\S* ", _outside("teams", "in the app package for Teams")),
        (r"dialogs/\S+ ", _chat),
    )
)
