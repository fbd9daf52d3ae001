"""Which model suits me: both side by side, then what the person's own facts say."""

from __future__ import annotations

from typing import Any

from bot.domain import markets
from bot.domain.application import NAMED, required
from bot.domain.eligibility import assess
from bot.domain.fields import Field, Model
from bot.text import text
from bot.turn import Article, Choice, Comparison, Row, Turn
from dialogs import votes, words
from dialogs.assessment import RULE_DATE, told
from dialogs.engine import turn_of
from dialogs.form import Form
from dialogs.market import NO_MARKET
from dialogs.sdk import DialogTurnResult, WaterfallStepContext
from dialogs.services import Services
from dialogs.showing import answers_of
from dialogs.waterfall import FormWaterfall

FINDER = "finder"
#: What decides between the models, the cheapest question first.
DECIDING = ("already_in_csp", "legal_country", "months_as_indirect", "revenue_usd", "first_level_support")
#: The rows of the decision table that look at nothing else.
ROWS = frozenset({"E01", "E03", "E04", "E05", "E09"})

# Translators: button; a few questions find out which model fits.
FIND_OUT = text("button.find-out", "Find out with a few questions")
# Translators: under the comparison of the two models.
MORE_FACTS = text(
    "finder.offer", "Tell me a few facts about your company, and I'll say which model fits it today."
)
# Translators: the recommendation; reasons follow as a list.
FITS_INDIRECT = text("finder.indirect", "The indirect model fits your company today.")
# Translators: above the list of what a company does not meet yet.
DIRECT_LACKS = text("finder.direct-lacks", "For direct bill, this is still missing:")
# Translators: the recommendation when nothing speaks against direct bill.
FITS_EITHER = text("finder.either", "Both models are open to your company. Direct bill seems within reach.")
# Translators: a reason for the recommendation.
EITHER_WHY = text(
    "finder.either-why",
    "Choose direct bill if you want to invoice and support customers yourself. "
    "Choose the indirect model for the quickest start and the least own effort.",
)
# Translators: button; starts an application as an indirect reseller.
APPLY_INDIRECT = text("button.apply-indirect", "Apply as an indirect reseller")
# Translators: button; starts an application for the direct-bill model.
APPLY_DIRECT = text("button.apply-direct", "Apply for direct bill")


def order(turn: Turn) -> tuple[Field, ...]:
    """The deciding fields; a company new to CSP needs no more than the first two."""
    answers = answers_of(turn)
    names = DECIDING if answers.get("already_in_csp", "yes") == "yes" else DECIDING[:2]
    return tuple(NAMED[name] for name in names)


FORM = Form(FINDER, NAMED, order, required)


class Finder(FormWaterfall):
    """The few questions whose answers decide; they are kept for the application."""

    def __init__(self, services: Services) -> None:
        self._services = services
        super().__init__(FORM, [(NO_MARKET, self._no_market), ("recommend", self._recommend)])

    def next_step(self, turn: Turn, state: dict[str, Any]) -> str:
        country = answers_of(turn).get("legal_country")
        if "detour" not in state and country is not None and not markets.listed(country):
            return NO_MARKET
        return self.next_field(turn, state) or "recommend"

    def before(self, turn: Turn, waiting: str, asked: str | None) -> str | None:
        return "legal_country" if waiting == NO_MARKET else super().before(turn, waiting, asked)

    @staticmethod
    async def _no_market(step: WaterfallStepContext) -> DialogTurnResult:
        return await step.begin_dialog(NO_MARKET)

    async def _recommend(self, step: WaterfallStepContext) -> DialogTurnResult:
        recommend(turn_of(step), self._services)
        return await step.end_dialog()


def compare(turn: Turn, services: Services) -> None:
    """Both models side by side, each row with its source."""
    comparison = services.topics.comparison
    rows = tuple(
        Row(row.aspect, row.indirect, row.direct, row.sources[turn.locale]) for row in comparison.rows
    )
    table = Comparison(comparison.title, comparison.indirect, comparison.direct, rows)
    shown = votes.shown_comparison(services, turn.locale)
    turn.state["answered"] = votes.named(shown)
    turn.reply(None, *votes.buttons(shown), attachment=table)
    if turn.incoming.shared:
        return
    turn.reply(
        MORE_FACTS,
        Choice(FIND_OUT, {"press": "command", "name": "find-out"}),
        words.command(words.APPLY, "apply"),
        words.command(words.HELP, "help"),
    )


def recommend(turn: Turn, services: Services) -> None:
    """The model that fits, why, and by the rules of which day."""
    answers = answers_of(turn)
    # Who is a direct-bill partner already may still ask which model suits them.
    result = assess({**answers, "existing_direct_partner": "no"}, turn.today)
    asked = {"E01", "E03"} if len(order(turn)) < len(DECIDING) else ROWS
    against = [row for row in result.rows if row.id in asked]
    indirect = Choice(APPLY_INDIRECT, {"press": "apply", "model": Model.INDIRECT.value})
    direct = Choice(APPLY_DIRECT, {"press": "apply", "model": Model.DIRECT.value})
    turn.reply(
        None,
        *((indirect,) if against else (direct, indirect)),
        words.command(words.HELP, "help"),
        attachment=Article(
            topic="model.compare",
            subject=FITS_INDIRECT if against else FITS_EITHER,
            paragraphs=(DIRECT_LACKS if against else EITHER_WHY,),
            points=tuple(told(row) for row in against),
            closing=(RULE_DATE.fill(date=result.as_of),),
            sources=services.topics["model.compare"].sources[turn.locale],
        ),
    )
