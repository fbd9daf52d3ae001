"""Reply -> activity, in the person's language, as their channel can show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.channels import cards, forms
from bot.channels.activity import TEAMS, UPDATES
from bot.channels.voice import LINK, Voice, escaped
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.localization.pseudo import Pseudo
from bot.turn import Article, Choice, Comparison, InputForm, Passages, Reply, Summary, Turn

#: Channels that show suggested actions, Markdown and Adaptive Cards; Teams shows buttons only on a card.
RICH = frozenset({"webchat", "directline", "emulator"})


class Renderer:
    """Makes wire activities of replies; the door adds who speaks to whom."""

    def __init__(self, catalogs: Catalogs) -> None:
        self._voices = {locale: Voice(catalogs, locale) for locale in Locale}
        self._pseudo = Voice(Pseudo(), Locale.EN)

    def activities(self, turn: Turn, channel: str) -> list[dict[str, Any]]:
        """The turn's replies, one activity each (more only where a summary needs several cards)."""
        made: list[dict[str, Any]] = []
        for reply in _gathered(turn.replies) if channel in RICH else turn.replies:
            drawn = self._activities(reply, turn, channel)
            if reply.replaces and turn.incoming.card_id:
                # Of several cards the last has what is pressed next; the others say what is known.
                drawn = [drawn[-1] | {UPDATES: turn.incoming.card_id}]
            made += drawn
        for activity in made:
            activity["inputHint"] = "expectingInput" if activity is made[-1] else "ignoringInput"
        return made

    def plain(self, reply: Reply, locale: Locale) -> str:
        """Everything the reply says, without marks and buttons: for whoever draws no cards."""
        return self._voices[reply.locale or locale].plain(reply)

    def voice(self, turn: Turn, reply: Reply) -> Voice:
        """Who says a reply: its own language, else the person's; a tester's English may be in disguise."""
        locale = reply.locale or turn.locale
        return self._pseudo if locale is Locale.EN and turn.is_pseudo else self._voices[locale]

    def _activities(self, reply: Reply, turn: Turn, channel: str) -> list[dict[str, Any]]:
        voice = self.voice(turn, reply)
        if channel == TEAMS:
            made = _for_teams(voice, reply)
        elif channel in RICH:
            made = _for_web(voice, reply)
        else:
            made = [_text(_listed(voice, reply))]
        if reply.note:
            made[-1] |= _noted(made[-1], reply.note)
        return [{"type": "message", "locale": voice.locale.value, **activity} for activity in made]


def _gathered(replies: Sequence[Reply]) -> list[Reply]:
    """The same replies with every button under the last: suggested actions of earlier ones are not shown."""
    if not any(reply.choices for reply in replies[:-1]):
        return list(replies)
    *earlier, last = replies
    others = tuple(choice for reply in earlier for choice in reply.choices if choice not in last.choices)
    silent = [replace(reply, choices=()) for reply in earlier]
    return [*silent, replace(last, choices=(*last.choices, *others))]


def _for_web(voice: Voice, reply: Reply) -> list[dict[str, Any]]:
    if isinstance(reply.attachment, Article):
        said = voice.markdown(reply.attachment, reply.text)
        made: list[dict[str, Any]] = [{"text": said, "textFormat": "markdown"}]
    elif isinstance(reply.attachment, Passages):
        made = [{"text": voice.markdown_of(reply.attachment), "textFormat": "markdown"}]
    else:
        # Web Chat draws Action.Execute as a button that does nothing.
        made = _with_cards(voice, reply, _cards(voice, reply, executes=False))
        if LINK.search(made[0].get("text", "")):
            # Web Chat makes links of Markdown only; Teams finds them in plain text.
            made[0] |= {"text": escaped(made[0]["text"]), "textFormat": "markdown"}
    if reply.choices:
        made[-1]["suggestedActions"] = {"actions": [_suggested(voice, choice) for choice in reply.choices]}
    return made


def _for_teams(voice: Voice, reply: Reply) -> list[dict[str, Any]]:
    """What a reply says stands on its card: of text beside a card Teams makes a message of its own, which
    stays as it was when the card is updated."""
    drawn = _cards(voice, reply, executes=True)
    said = voice.say(reply.text) if reply.text else ""
    rows = list(cards.buttons(voice, reply.choices))
    if isinstance(reply.attachment, InputForm):
        rows = [cards.without_inputs(row) for row in rows]
    if rows and drawn:
        drawn[-1]["content"]["body"] += rows
    elif rows:
        drawn = [cards.attachment(rows, voice.plain(reply))]
    if not drawn:
        return [_text(said)]
    if said:
        content = drawn[0]["content"]
        content["body"] = [*cards.paragraphs(said), *content["body"]]
        content["fallbackText"] = voice.plain(reply)
    made: list[dict[str, Any]] = [{"attachments": [card]} for card in drawn]
    # Shown by Teams where it tells of the message.
    made[0]["summary"] = said or drawn[0]["content"]["fallbackText"]
    return made


def _cards(voice: Voice, reply: Reply, *, executes: bool) -> list[dict[str, Any]]:
    match reply.attachment:
        case Summary():
            return cards.summaries(voice, reply.attachment)
        case Comparison():
            return [cards.comparison(voice, reply.attachment)]
        case Article():
            return [cards.article(voice, reply.attachment)]
        case Passages():
            return [cards.passages(voice, reply.attachment)]
        case InputForm():
            return [forms.form(voice, reply.attachment, executes=executes)]
        case None:
            return []


def _with_cards(voice: Voice, reply: Reply, drawn: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reply's own text with its first card; a card says again in its `fallbackText` what it shows."""
    first = _text(voice.say(reply.text)) if reply.text else {}
    if not drawn:
        return [first]
    made = [{"attachments": [card]} for card in drawn]
    made[0] = first | made[0]
    return made


def _noted(activity: dict[str, Any], note: str) -> dict[str, Any]:
    """The activity's text with a tester's note below it, or alone where a card has no text beside it."""
    if "text" not in activity:
        return _text(note)
    is_markdown = activity["textFormat"] == "markdown"
    return {"text": f"{activity['text']}\n\n{escaped(note) if is_markdown else note}"}


def _text(said: str) -> dict[str, Any]:
    return {"text": said, "textFormat": "plain"}


def _suggested(voice: Voice, choice: Choice) -> dict[str, Any]:
    label = voice.label(choice)
    if choice.url:
        return {"type": "openUrl", "title": label, "value": choice.url}
    return {
        "type": "messageBack",
        "title": label,
        "displayText": label,
        "text": label,
        "value": dict(choice.press),
    }


def _listed(voice: Voice, reply: Reply) -> str:
    """The reply and its buttons as lines: each label can be typed."""
    said = voice.plain(reply)
    labels = "\n".join(f"- {voice.button(choice)}" for choice in reply.choices)
    return f"{said}\n\n{labels}" if labels else said
