"""A question and its answer, alone or in the middle of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.knowledge.documentation.passages import Passage
from bot.knowledge.retrieval import Found
from bot.knowledge.topics import Topic
from bot.localization.detection import language_of
from bot.localization.locale import Locale
from bot.store.lessons import Asked, Taken
from bot.text import Text, text
from bot.turn import Article, Choice, Passages, Turn
from dialogs import votes, words
from dialogs.services import Services

# Translators: above up to three topics of which one may be what the person asked.
DID_YOU_MEAN = text("answer.did-you-mean", "I'm not sure I understood. Did you mean one of these?")
# Translators: the question is not among what we can answer.
DO_NOT_KNOW = text(
    "answer.do-not-know",
    "I don't have an answer to that. I know about joining the CSP program: the two models, the requirements, "
    "the application, the MPN ID, verification and the agreement. "
    "Please try other words, or talk to a person.",
)
# Translators: no answer of ours fits; below stand quotations from pages of the documentation, with links.
PAGES = text(
    "answer.pages",
    "I have no answer of my own to that, but Microsoft's documentation has something close. "
    "Please see whether it fits your question.",
)
# Translators: below topics of ours to choose from: quotations from pages of the documentation, with links.
PAGES_AS_WELL = text(
    "answer.pages-as-well",
    "None of these? Microsoft's documentation has something close. Please see whether it fits your question.",
)
# Translators: asked for below an answer of ours; quotations from pages of the documentation follow.
PAGES_ASKED_FOR = text(
    "answer.pages-asked-for", "This comes closest to your question in Microsoft's documentation."
)
# Translators: button below an answer; quotes the documentation on the same question.
LOOK_IT_UP = text("button.look-it-up", "See the documentation")
# Translators: the question was asked in another language than the conversation's; {language} is its own name.
OFFER_TO_SWITCH = text("answer.offer-to-switch", "Shall we go on in {language}?")
# Translators: button; switches the conversation to the language named.
SWITCH = text("button.switch", "Go on in {language}")
# Translators: button with the subject of a topic.
TOPIC = text("answer.topic", "{subject}")

#: What questions begin or end with, in the four languages; an answer to a form hardly ever does.
ASKING = re.compile(
    r"[?？]\s*$|[吗嗎呢么麼]\s*[。.!！]*$"
    r"|^(?:what|why|how|when|where|who|which|can i|can we|do i|do we|must i|must we|is it|are we|should)\b"
    r"|^(?:что|зачем|почему|как|какой|какая|какое|какие|когда|где|кто|куда|сколько)\b"
    r"|^(?:можно|нужно|нужен|нужна|надо) ли\b"
    r"|^(?:什么|什麼|为什么|為什麼|为何|為何|怎么|怎麼|怎样|怎樣|如何|哪|谁|誰|多少|多久|是否|能不能|可不可以|请问|請問|為啥|为啥|啥)",
    re.IGNORECASE,
)
SHORTEST_QUESTION = 2
#: Characters of a question that a button can carry.
LONGEST_LOOKED_UP = 300
#: How many topics "did you mean" offers.
NEAREST = 3


def asks(said: str) -> bool:
    """Whether the words look like a question rather than like an answer."""
    return bool(ASKING.search(said.strip())) and len(re.sub(r"\W", "", said)) >= SHORTEST_QUESTION


def article(topic: Topic, locale: Locale, nearest: Passage | None = None) -> Article:
    """A topic as it is shown in a language, with that language's sources."""
    return Article(
        topic=topic.id,
        subject=topic.subject,
        paragraphs=topic.paragraphs,
        points=topic.points,
        steps=topic.steps,
        changes=topic.changes,
        sources=topic.sources[locale],
        nearest=nearest,
    )


def topic_button(topic: Topic) -> Choice:
    return Choice(TOPIC.fill(subject=topic.subject), {"press": "topic", "id": topic.id})


def follow_ups(topic: Topic, services: Services) -> tuple[Choice, ...]:
    return tuple(topic_button(services.topics[each]) for each in topic.follow_ups)


def explain(
    turn: Turn,
    services: Services,
    topic_id: str,
    locale: Locale | None = None,
    nearest: Passage | None = None,
) -> None:
    """Answers with a topic, its follow-ups as buttons, and asks whether that helped.

    `nearest` is a section of the documentation that may be closer to what was asked.
    """
    topic = services.topics[topic_id]
    shown = votes.shown(services, topic, locale or turn.locale)
    turn.state["answered"] = votes.named(shown)
    look_up = (_look_up_button(turn.said),) if nearest else ()
    choices = (*follow_ups(topic, services), *look_up, *votes.buttons(shown))
    turn.reply(None, *choices, attachment=article(topic, shown.locale, nearest), locale=locale)


def answered_aside(turn: Turn, services: Services) -> bool:
    """Answers what was typed where a form expected something else, if it is surely a question of ours.

    With a figure in it, it is an answer gone wrong ("about 300,000"), and its own problem says more.
    """
    if any(sign.isdigit() for sign in turn.said):
        return False
    found = services.finder.find(turn.said, turn.locale)
    if found.verdict != "sure":
        return False
    _tell(turn, services, found.ranked[0].topic_id)
    return True


def answer(turn: Turn, services: Services, at_hand: Sequence[str] = ()) -> None:
    """Answers a question: the topic, "did you mean", the documentation, or an honest "I don't know".

    `at_hand` are the topics of the form's question that is waiting: where one of them comes first, there is
    no doubt.
    """
    found = services.finder.find(turn.said, turn.locale)
    nearest = [each.topic_id for each in found.ranked[:NEAREST]]
    at_hand_first = found.verdict == "unsure" and nearest[0] in at_hand
    if found.verdict == "sure" or at_hand_first:
        _tell(turn, services, found.ranked[0].topic_id)
        return
    _note_doubt(turn, found)
    if found.verdict == "unsure":
        turn.reply(DID_YOU_MEAN, *(topic_button(services.topics[topic_id]) for topic_id in nearest))
        _quote(turn, services, PAGES_AS_WELL)
    else:
        ways_on = (words.command(words.HELP, "help"), words.command(words.HUMAN, "human"))
        if not _quote(turn, services, PAGES, *ways_on):
            turn.reply(DO_NOT_KNOW, *ways_on)
    _offer_to_switch(turn, language_of(turn.said))


def note_taken(turn: Turn, topic_id: str, doubt: tuple[str, tuple[str, ...]] | None) -> None:
    """Of the topics just offered for a question this one was chosen."""
    if doubt is not None and topic_id in doubt[1]:
        turn.learn(Taken(doubt[0], topic_id, turn.today))


def doubted(state: dict[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    """The question that topics were just offered for, by its key, and those topics; out of the state."""
    match state.pop("doubt", None):
        case {"key": str(key), "topics": list(topics)}:
            return key, tuple(str(topic) for topic in topics)
    return None


def _note_doubt(turn: Turn, found: Found) -> None:
    """For those who write our answers: what was asked, and by nobody in particular."""
    if found.verdict == "sure" or not re.search(r"\w", turn.said):
        return
    near = tuple(each.topic_id for each in found.ranked[:NEAREST])
    asked = Asked(turn.said, language_of(turn.said) or turn.locale, found.verdict, near, turn.today)
    turn.learn(asked)
    if found.verdict == "unsure":
        turn.state["doubt"] = {"key": asked.key, "topics": list(near)}


def look_up(turn: Turn, services: Services, question: str) -> None:
    """What the documentation has on a question that one of our topics was told for."""
    if not _quote(turn, services, PAGES_ASKED_FOR, question=question):
        turn.reply(DO_NOT_KNOW, words.command(words.HELP, "help"), words.command(words.HUMAN, "human"))


def _look_up_button(question: str) -> Choice:
    return Choice(LOOK_IT_UP, {"press": "look-up", "question": question[:LONGEST_LOOKED_UP]})


def _quote(
    turn: Turn, services: Services, title: Text, *choices: Choice, question: str | None = None
) -> bool:
    """Offers sections of the documentation, where any is near enough to the question."""
    question = turn.said if question is None else question
    asked_in = language_of(question)
    passages = tuple(services.offer(question, asked_in or turn.locale))
    if passages:
        turn.reply(None, *choices, attachment=Passages(title, passages), locale=asked_in)
    return bool(passages)


def _tell(turn: Turn, services: Services, topic_id: str) -> None:
    asked_in = language_of(turn.said) or turn.locale
    cited = {source.url for source in services.topics[topic_id].sources[asked_in]}
    # A topic may be near to what was asked and not it: then the documentation puts another section first.
    found = services.offer(turn.said, asked_in)[:1]
    nearest = next((each for each in found if each.url not in cited), None)
    if asked_in is turn.locale:
        explain(turn, services, topic_id, nearest=nearest)
        return
    explain(turn, services, topic_id, asked_in, nearest)
    _offer_to_switch(turn, asked_in)


def _offer_to_switch(turn: Turn, asked_in: Locale | None) -> None:
    if asked_in is None or asked_in is turn.locale:
        return
    press = {"press": "language", "locale": asked_in.value}
    label: Text = SWITCH.fill(language=asked_in.native)
    turn.reply(OFFER_TO_SWITCH.fill(language=asked_in.native), Choice(label, press), locale=asked_in)
