"""What a person thinks of an answer: a vote, changed or taken back at will, and a comment if they like."""

from __future__ import annotations

from typing import Any

from bot.domain.application import NAMED
from bot.store.lessons import Comment as Said
from bot.store.lessons import Opinion, Shown, Vote
from bot.text import Text, text
from bot.turn import Choice, Turn
from dialogs import votes, welcome, words
from dialogs.asking import proposal
from dialogs.call import Call
from dialogs.engine import turn_of
from dialogs.sdk import Dialog, DialogContext, DialogInstance, DialogReason, DialogTurnResult, TurnContext
from dialogs.showing import answers_of

COMMENT = "comment"

# Translators: the person said that an answer helped.
HELPED = text("feedback.helped", "Thank you, I'm glad that this helped.")
# Translators: the person said that an answer did not help.
DID_NOT_HELP = text(
    "feedback.did-not-help",
    "Thank you for telling me. What was wrong or missing? A comment helps us fix it.",
)
# Translators: the person took their vote on an answer back.
TAKEN_BACK = text("feedback.taken-back", "Your vote is taken back.")
# Translators: asked after the button "Add a comment"; the next message is the comment.
YOUR_COMMENT = text(
    "feedback.your-comment",
    "What would you like to say about this answer? Please put it in one message, without personal data.",
)
# Translators: a comment on an answer was received.
NOTED = text("feedback.noted", "Thank you, your comment is noted.")
# Translators: button; the next message will be a comment on the answer.
ADD_COMMENT = text("button.comment", "Add a comment")
# Translators: button; the vote on an answer no longer counts.
TAKE_BACK = text("button.take-back", "Take my vote back")

#: The vote that takes one back.
NONE = "none"
OPINIONS: dict[str, Opinion | None] = {"up": "up", "down": "down", NONE: None}
THANKS: dict[Opinion, Text] = {"up": HELPED, "down": DID_NOT_HELP}
#: What is typed instead of a press.
TYPED = {"helpful": "up", "unhelpful": "down", "unvote": NONE}
#: Commands that mean "no comment" where a comment is asked for.
LEAVING = ("skip", "cancel", "back", "later", "bye")
#: A no of so many letters is no comment; a longer one may begin with it: "No, the fee has changed".
SHORT = 5


def votes_on_answer(call: Call) -> bool:
    """The buttons under an answer; one of an answer we do not have is none of ours."""
    return call.press == "vote" and call.named("vote") in OPINIONS and _shown(call) is not None


def votes_in_words(call: Call) -> bool:
    """ "That helped", said of the last answer; in a form at once, and never where it may be a yes or no."""
    if call.command is None or call.command.name not in TYPED or call.answered is None:
        return False
    if call.press is not None or call.waiting == COMMENT:
        return False
    return call.services.reader.yes_no(call.turn.said) is None or not _waits_for_yes_or_no(call)


def comments(call: Call) -> bool:
    return call.press == "comment" and _shown(call) is not None and not call.turn.incoming.shared


def leaves_comment(call: Call) -> bool:
    if call.waiting != COMMENT:
        return False
    if call.press is not None:
        return call.press == "command" and call.named("name") in LEAVING
    said = call.turn.said.strip()
    short_no = len(said) <= SHORT and call.services.reader.yes_no(said) == "no"
    return short_no or (call.command is not None and call.command.name in LEAVING)


def goes_past_comment(call: Call) -> bool:
    """A press of the form's question, which still stands above: nothing is to be said about the answer."""
    return call.waiting == COMMENT and call.press is not None


def _waits_for_yes_or_no(call: Call) -> bool:
    """Where the buttons of a choice are waited for, its own words have been looked for before."""
    if call.waiting is None:
        return False
    field = NAMED.get(call.asked_field or "")
    if field is None:
        return True
    turn, state = call.turn, call.dialogs.active_dialog.state
    return "confirm" in state or field.name in answers_of(turn) or proposal(turn, field, state) is not None


async def vote(call: Call) -> None:
    """Counts the vote; afterwards everything is where it was."""
    turn, shown = call.turn, _shown(call)
    if shown is None:
        return
    opinion = OPINIONS[call.named("vote")]
    turn.learn(Vote(shown, opinion, turn.now))
    turn.state["answered"] = votes.named(shown)
    if opinion is not None:
        turn.reply(THANKS[opinion], *_ways_on(turn, shown))
    else:
        turn.reply(TAKEN_BACK, *votes.buttons(shown))
    await call.ask_again()


async def vote_in_words(call: Call) -> None:
    if call.answered is not None and call.command is not None:
        opinion = TYPED[call.command.name]
        call.go_on_as_if_pressed({"press": "vote", "vote": opinion, **votes.named(call.answered)})
        await vote(call)


async def comment(call: Call) -> None:
    shown = _shown(call)
    if shown is None:
        return
    if call.waiting == COMMENT:
        call.dialogs.stack.pop(0)
    await call.dialogs.begin_dialog(COMMENT, votes.named(shown))


async def leave_comment(call: Call) -> None:
    await call.dialogs.end_dialog()
    if call.waiting is None:
        call.turn.reply(words.WHAT_NEXT, *welcome.menu(call.turn))


async def go_past_comment(call: Call) -> None:
    call.dialogs.stack.pop(0)
    call.again = True


def _shown(call: Call) -> Shown | None:
    shown = votes.read(call.turn.pressed)
    return shown if shown is not None and votes.subject(call.services, shown.topic) else None


def _ways_on(turn: Turn, shown: Shown) -> tuple[Choice, ...]:
    take_back = Choice(TAKE_BACK, {"press": "vote", "vote": NONE, **votes.named(shown)})
    if turn.incoming.shared:
        return (take_back,)  # no question is left open where several people write
    return (Choice(ADD_COMMENT, {"press": "comment", **votes.named(shown)}), take_back)


class Comment(Dialog):
    """Asked on top of a form, which goes on unharmed. State: the answer that the comment is about."""

    waits = True
    stands_alone = True

    def __init__(self) -> None:
        super().__init__(COMMENT)

    def fits(self, state: dict[str, Any]) -> bool:
        """Whether it is what we would have saved."""
        return votes.read(state) is not None

    def understands(self, turn: Turn, state: dict[str, Any]) -> bool:
        """Nothing for certain: "help" is a request here, too."""
        return False

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        dialog_context.active_dialog.state.update(options if isinstance(options, dict) else {})
        self._ask(turn_of(dialog_context))
        return Dialog.end_of_turn

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        turn, shown = turn_of(dialog_context), votes.read(dialog_context.active_dialog.state)
        said = turn.said.strip()
        if not said or shown is None:
            self._ask(turn)
            return Dialog.end_of_turn
        turn.learn(Said(shown, said, turn.now))
        turn.reply(NOTED)
        return await dialog_context.end_dialog()

    async def resume_dialog(
        self, dialog_context: DialogContext, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        self._ask(turn_of(dialog_context))
        return Dialog.end_of_turn

    async def reprompt_dialog(self, context: TurnContext, instance: DialogInstance) -> None:
        self._ask(turn_of(context))

    @staticmethod
    def _ask(turn: Turn) -> None:
        turn.reply(YOUR_COMMENT, words.command(words.SKIP, "skip"))
