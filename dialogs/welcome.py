"""The greeting, in every language until one is known, and what we can do."""

from __future__ import annotations

from collections.abc import Iterable

from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.text import Text, text
from bot.turn import Choice, Turn
from dialogs import words
from dialogs.status import where

# Translators: the first thing a person reads, shown in all four languages one after another.
HELLO = text("welcome.hello", "Hello! I help companies join the CSP program. Shall we speak English?")
# Translators: the greeting once the language is known.
WELCOME = text(
    "welcome.welcome",
    "Hello! I help your company join Microsoft's Cloud Solution Provider (CSP) program. "
    "I explain the two partner models, find the one that fits, and take your application. "
    "You can ask me anything on the way.",
)
# Translators: the greeting in a group chat or a channel of a team, where applications are not taken.
WELCOME_SHARED = text(
    "welcome.shared",
    "Hello! I answer questions about joining Microsoft's Cloud Solution Provider (CSP) program. "
    "Mention me and ask. I take applications in a personal chat only.",
)
# Translators: the greeting of somebody whose draft is waiting; {where} says how far it has come.
WELCOME_BACK = text("welcome.back", "Welcome back. {where} Shall we go on?")
# Translators: the answer to "help"; the words in quotes are what a person can type at any moment.
HELP = text(
    "welcome.help",
    "You can type these words at any moment: “back” for the previous question, “skip” for an optional one, "
    "“change” and the name of an answer to correct it, “summary” for your answers, “where am I”, “status”, "
    "“language”, “cancel” and “resume”; “give me a code” takes your answers to another chat. "
    "Or ask me a question in your own words.",
)
# Translators: the answer to "help" in a group chat or a channel of a team.
HELP_SHARED = text(
    "welcome.help-shared",
    "Mention me and ask about the CSP program in your own words: the two models, the requirements, "
    "verification. What concerns your own company belongs in a personal chat with me.",
)
# Translators: above the buttons that choose the language.
WHICH_LANGUAGE = text("language.which", "Which language shall we speak?")
# Translators: the language was changed.
CHANGED = text("language.changed", "From now on we speak English.")
# Translators: a person thanked us.
YOU_ARE_WELCOME = text("welcome.thanks", "You're welcome. I'm here whenever you need me.")
# Translators: a person said goodbye while no application was being filled in.
GOODBYE = text("welcome.goodbye", "Goodbye. I'm here whenever you need me.")
# Translators: how to reach a human being; {contact} is an e-mail address or a link.
HUMAN = text("welcome.human", "You can reach a person here: {contact}. Your answers are kept meanwhile.")
# Translators: how to reach a human being when no contact was configured; {url} is a link.
HUMAN_AT_MICROSOFT = text(
    "welcome.human-microsoft",
    "I can't hand you over to a person from here. Partner Center support can help you: {url}. "
    "Your answers are kept meanwhile.",
)
SUPPORT_URL = "https://partner.microsoft.com/support"

#: For testers: English in accents, longer, in brackets.
DISGUISE = Choice(PSEUDO, {"press": "language", "locale": PSEUDO})


def language_choices(among: Iterable[Locale] = tuple(Locale)) -> tuple[Choice, ...]:
    """Languages by their own names."""
    return tuple(Choice(locale.native, {"press": "language", "locale": locale.value}) for locale in among)


def greet_in_all(turn: Turn) -> None:
    """First contact, no language known: one short greeting in each, and the choice."""
    *first, last = Locale
    for locale in first:
        turn.reply(HELLO, locale=locale)
    turn.reply(HELLO, *language_choices(), locale=last)


def greet(turn: Turn) -> None:
    """The greeting; where a draft is waiting, the way back to it, unless others read along."""
    if turn.incoming.shared:
        turn.reply(WELCOME_SHARED, *menu(turn))
    elif (position := where(turn)) is not None:
        turn.reply(WELCOME_BACK.fill(where=position), *menu(turn))
    else:
        turn.reply(WELCOME, *menu(turn))


def menu(turn: Turn) -> tuple[Choice, ...]:
    """What can be done from here."""
    general = (
        words.command(words.COMPARE, "compare"),
        words.command(words.LANGUAGE, "language"),
        words.command(words.HELP, "help"),
    )
    if turn.incoming.shared:
        return (*private_chat(turn), *general)
    begun = turn.draft is not None and bool(turn.draft.answers)
    first = words.command(words.RESUME, "resume") if begun else words.command(words.APPLY, "apply")
    status = (words.command(words.STATUS, "status"),) if turn.applications else ()
    compare, *others = general
    return (first, compare, *status, *others)


def private_chat(turn: Turn) -> tuple[Choice, ...]:
    """The way from a group to a chat of our own, where the channel knows one."""
    url = turn.incoming.private_chat
    return (Choice(words.PRIVATE_CHAT, {"press": "command", "name": "apply"}, url),) if url else ()


def human(contact: str | None) -> Text:
    return HUMAN.fill(contact=contact) if contact else HUMAN_AT_MICROSOFT.fill(url=SUPPORT_URL)
