"""The tools of testers in a chat, typed behind a # or pressed: show keys, report a message, jump to anything.

Nobody else gets here: the one condition is `wants_tools`, and it asks the turn who the person is, never the
message or the state.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from bot.store.lessons import Report
from bot.text import text
from bot.turn import Choice
from dialogs import jumping
from dialogs.call import Call
from dialogs.labelling import Message, messages, tools_of

# Translators: for testers: how to use their tools. The words after # are the same in every language.
TOOLS = text(
    "tester.tools",
    "Your tools: “#keys” shows keys below my messages or hides them. “#report 12 your words” reports "
    "message 12, “#report your words” the last one. “#jump name” goes to a question, a topic, a step or a "
    "sentence.",
)
# Translators: button for testers.
SHOW_KEYS = text("tester.show-keys", "Show keys")
# Translators: button for testers.
HIDE_KEYS = text("tester.hide-keys", "Hide keys")
# Translators: for testers, after keys were switched on; below each message stand its number and its keys.
KEYS_SHOWN = text(
    "tester.keys-shown",
    "Below each message you now see its number, its language, the version of the catalog and its keys. "
    "An arrow names the language where a translation is missing.",
)
# Translators: for testers, after keys were switched off.
KEYS_HIDDEN = text("tester.keys-hidden", "The keys are hidden.")
# Translators: for testers: a message was reported. {number} is that of the message, {key} its key.
REPORTED = text(
    "tester.reported",
    "Message #{number} is reported: {key}. To say what is wrong with it, type “#report {number}” and your "
    "words.",
)
# Translators: for testers: a message was reported with their words. {number} is that of the message.
REPORTED_WITH_WORDS = text(
    "tester.reported-with-words", "Message #{number} is reported with your words: {key}."
)
# Translators: for testers: there is no message of that number any more.
NO_SUCH_MESSAGE = text(
    "tester.no-such-message", "I remember only my last messages, and that is none of them. Which one is it?"
)

TYPED = re.compile(r"#(?:(keys|report|jump)(?:\s+(.*))?)?", re.DOTALL | re.IGNORECASE)
NUMBERED = re.compile(r"#?(\d{1,9})(?:\s+(.*))?", re.DOTALL)


def wants_tools(call: Call) -> bool:
    """Never where others read along: they would see what the tools show."""
    turn = call.turn
    if not turn.is_tester or turn.incoming.shared:
        return False
    return call.press == "tester" or (call.press is None and _typed(call) is not None)


async def use_tools(call: Call) -> None:
    tool, rest = _pressed(call) if call.press == "tester" else _typed(call) or ("", "")
    match tool:
        case "keys":
            await _switch_keys(call)
        case "report":
            await _report(call, rest)
        case "jump" if rest:
            await jumping.jump(call, rest)
        case _:
            call.turn.reply(TOOLS, _keys_button(call))
            await call.ask_again()


def _typed(call: Call) -> tuple[str, str] | None:
    """The tool and the words behind it; a Chinese keyboard writes # full width."""
    said = call.turn.said.strip()
    sign = unicodedata.normalize("NFKC", said[:1])
    found = TYPED.fullmatch(sign + said[1:])
    return ((found[1] or "").lower(), (found[2] or "").strip()) if found else None


def _pressed(call: Call) -> tuple[str, str]:
    number = (call.turn.pressed or {}).get("message")
    if isinstance(number, int):
        return call.named("do"), str(number)
    return call.named("do"), call.named("to")


def _keys_button(call: Call) -> Choice:
    are_shown = tools_of(call.turn).get("keys", False)
    return Choice(HIDE_KEYS if are_shown else SHOW_KEYS, {"press": "tester", "do": "keys"})


async def _switch_keys(call: Call) -> None:
    tools = tools_of(call.turn)
    tools["keys"] = not tools.get("keys", False)
    call.turn.reply(KEYS_SHOWN if tools["keys"] else KEYS_HIDDEN, _keys_button(call))
    await call.ask_again()


async def _report(call: Call, rest: str) -> None:
    turn, known = call.turn, messages(call.turn)
    numbered = NUMBERED.fullmatch(rest)
    number = int(numbered[1]) if numbered else known[-1].number if known else 0
    comment = (numbered[2] or "") if numbered else rest
    message = next((one for one in known if one.number == number), None)
    if message is None:
        turn.reply(NO_SUCH_MESSAGE)
        return
    key, comment = _key_named(message, comment)
    sentence = message.sentence(key)
    turn.learn(
        Report(
            id=_id(turn.incoming.conversation_id, number, key),
            key=key,
            locale=sentence.locale,
            wanted=message.wanted,
            catalog=message.catalog,
            channel=turn.incoming.channel,
            text=message.text,
            given=sentence.given,
            comment=comment,
            at=turn.now,
        )
    )
    turn.reply((REPORTED_WITH_WORDS if comment else REPORTED).fill(number=str(number), key=key))


def _key_named(message: Message, comment: str) -> tuple[str, str]:
    """The key a comment begins with, where it is one of the message's, and the comment itself."""
    first, _, rest = comment.partition(" ")
    if any(one.key == first for one in message.sentences):
        return first, rest.strip()
    return message.key, comment


def _id(conversation_id: str, number: int, key: str) -> str:
    """The same for the same sentence, so that what is added to a report belongs to it."""
    named = f"{conversation_id}|{number}|{key}"
    return hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
