"""Who answers a message, and what is asked next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.application import FIELDS
from bot.knowledge.documentation.passages import Offer, nothing
from bot.knowledge.retrieval import Finder
from bot.knowledge.topics import Topics
from bot.localization.catalogs import Catalogs
from bot.localization.folding import phrase
from bot.localization.formats import country_names
from bot.localization.locale import LOCALES, Locale
from bot.localization.pseudo import seen_through
from bot.localization.vocabulary import vocabularies
from bot.text import text
from bot.turn import Choice, Turn
from dialogs import (
    answer,
    apply,
    assessment,
    feedback,
    finder,
    leaving,
    market,
    move,
    personal,
    reminding,
    sending,
    votes,
    welcome,
    words,
)
from dialogs.call import Call
from dialogs.engine import Engine
from dialogs.healing import mend, note_unfit
from dialogs.labelling import label
from dialogs.pressing import sign
from dialogs.question import Question
from dialogs.reading import Command, Reader
from dialogs.retiring import retire
from dialogs.routes import OFFERS, call_routes
from dialogs.sdk import DialogContext
from dialogs.services import Services

# Translators: something went wrong on our side.
SORRY = text(
    "routes.sorry",
    "Sorry, something went wrong on our side, and your last message was not processed. "
    "Your answers are safe. Please send it again.",
)


def build(catalogs: Catalogs, contact: str | None, offer: Offer = nothing) -> Assistant:
    """Everybody who answers, with what they know."""
    topics = Topics.load()
    reader = Reader(
        vocabularies(LOCALES),
        {locale: country_names(locale) for locale in Locale},
        (catalogs.say(field.ask.label, locale) for field in FIELDS for locale in Locale),
    )
    finder = Finder.load(topics, LOCALES)
    phrase.cache_clear()  # the vocabularies have been read
    return Assistant(Services(reader, topics, finder, catalogs, contact, offer))


class Assistant:
    """Every dialog, and the one entrance to them: a turn goes in, replies come out."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._commands = _commands(services)
        forms = {apply.APPLY: apply.FORM, finder.FINDER: finder.FORM}
        self._engine = Engine(
            [
                Question(services, forms),
                apply.Apply(services),
                finder.Finder(services),
                market.NoMarket(market.NO_MARKET, services),
                apply.AlreadyDirect(apply.ALREADY_DIRECT, services),
                assessment.Assessment(assessment.ASSESSMENT, services),
                sending.Review(sending.REVIEW, services),
                sending.Consent(sending.CONSENT, services),
                leaving.Leaving(leaving.LEAVING, services),
                leaving.Restarting(leaving.RESTARTING, services),
                personal.Forgetting(personal.FORGETTING, services),
                feedback.Comment(),
            ]
        )

    async def answer(self, turn: Turn) -> None:
        if turn.incoming.kind == "notice":
            await self._tell(turn)
            return
        if turn.draft is not None:
            mend(turn.draft)
        if turn.is_tester:
            _see_through(turn)
        self._press_what_was_typed(turn)
        context = self._engine.context(turn)
        call = Call(turn, context, self._services, None, bool(turn.state.pop("changing", False)))
        call.answered, call.doubt = votes.answered(turn.state), answer.doubted(turn.state)
        note_unfit(call)
        call.offer = self._offer(turn)
        call.command = self._command(turn, context)
        await call_routes(call)
        if call.answered is not None and call.waiting is None:
            turn.state.setdefault("answered", votes.named(call.answered))
        retire(turn)
        if context.active_dialog is not None:
            sign(turn, context.active_dialog.state)
        self._engine.keep(context)
        if turn.is_tester and not turn.incoming.shared:
            label(turn, self._services.catalogs)
        turn.state["offered"] = self._offered(turn)
        if turn.replies:
            turn.state["greeted"] = True
        turn.state["asks"] = turn.replies[-1].key if turn.replies else ""

    async def _tell(self, turn: Turn) -> None:
        """A notice answers nothing: what was asked is still asked, and every button in sight still works;
        unless the draft has left, and with it everything that was asked."""
        if await move.tell_away(turn):
            context = self._engine.context(turn)
            context.stack.clear()
            self._engine.keep(context)
            turn.state.pop("lost", None)
            turn.state["offered"] = self._offered(turn)
            turn.state["asks"] = turn.replies[-1].key
            return
        reminding.remind(turn)
        turn.state["offered"] = [*_pairs(turn.state.get("offered")), *self._offered(turn)]

    def _command(self, turn: Turn, context: DialogContext) -> Command | None:
        """A command, unless the words answer the choice that is waiting ("English" where a language is)."""
        if turn.pressed or not turn.said or self._engine.answers_what_waits(context):
            return None
        return self._services.reader.command(turn.said, turn.locale)

    def warm_up(self) -> None:
        """Makes what the first question would wait for; may run in a thread of its own."""
        self._services.finder.warm()

    def hear_anew(self) -> None:
        """The catalogs have changed: labels are recognised by what they say now."""
        self._services.forget_words()
        self._commands = _commands(self._services)

    def apologise(self, turn: Turn) -> None:
        if turn.locale_known:
            turn.reply(SORRY)
            return
        for locale in Locale:
            turn.reply(SORRY, locale=locale)

    def _press_what_was_typed(self, turn: Turn) -> None:
        """A button's label, typed, is the button pressed; that of a command need not even be in sight."""
        if turn.pressed or not turn.said:
            return
        wanted = _folded(turn.said)
        offered = (press for label, press in _pairs(turn.state.get("offered")) if label == wanted)
        if (press := next(offered, self._commands.get(wanted))) is not None:
            turn.press(press)

    @staticmethod
    def _offer(turn: Turn) -> dict[str, Any] | None:
        """What our last reply asked to do: a yes stands for its first button."""
        if turn.state.get("asks") not in OFFERS:
            return None
        return next((press for _, press in _pairs(turn.state.get("offered"))), None)

    def _offered(self, turn: Turn) -> list[tuple[str, Mapping[str, Any]]]:
        """The buttons of this turn by what they say; the last reply's come first."""
        offered: dict[str, Mapping[str, Any]] = {}
        for reply in reversed(turn.replies):
            # A channel may show the buttons of one reply under another, and speak that one's language.
            for locale in dict.fromkeys((reply.locale or turn.locale, turn.locale)):
                for choice in reply.choices:
                    offered.setdefault(_folded(self._label(choice, locale)), choice.press)
        return list(offered.items())

    def _label(self, choice: Choice, locale: Locale) -> str:
        return choice.label if isinstance(choice.label, str) else self._services.say(choice.label, locale)


def _commands(services: Services) -> dict[str, Mapping[str, Any]]:
    """The commands that have buttons, by what these say in any language."""
    return {
        _folded(label): {"press": "command", "name": name}
        for name, written in words.COMMANDS.items()
        for label in services.spoken(written)
    }


def _see_through(turn: Turn) -> None:
    """The pseudo-locale is asked for by its name, and in it a label may be sent as it is shown."""
    if _folded(turn.said) == welcome.DISGUISE.label:
        turn.press(welcome.DISGUISE.press)
    elif turn.is_pseudo:
        turn.incoming = turn.incoming.model_copy(update={"text": seen_through(turn.said)})


def _pairs(saved: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Labels with their presses, as far as another release saved them the way this one does."""
    for item in saved if isinstance(saved, list) else ():
        match item:
            case [str(label), dict(press)]:
                yield label, press


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
