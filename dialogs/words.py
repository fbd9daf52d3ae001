"""The buttons that several dialogs share."""

from __future__ import annotations

from bot.text import Text, text
from bot.turn import Choice

# Translators: button.
YES = text("button.yes", "Yes")
# Translators: button.
NO = text("button.no", "No")
# Translators: button; leaves an optional question unanswered.
SKIP = text("button.skip", "Skip")
# Translators: button; shows the previous question again.
BACK = text("button.back", "Back")
# Translators: button; explains why a question is asked.
WHY = text("button.why", "Why do you ask?")
# Translators: button; keeps the answer that was given earlier.
KEEP = text("button.keep", "Keep it")
# Translators: button; puts a question off until the end of the form.
LATER = text("button.later", "Answer later")
# Translators: button; shows the questions of this part of the application together, as a form with fields.
FORM = text("button.form", "Fill in this section as a form")
# Translators: button; asks for a human being instead of the assistant.
HUMAN = text("button.human", "Talk to a person")
# Translators: button; starts or continues filling in the application.
APPLY = text("button.apply", "Start my application")
# Translators: button; goes on with the application that was begun earlier.
RESUME = text("button.resume", "Continue my application")
# Translators: button; deletes the draft and begins a new application.
RESTART = text("button.restart", "Start over")
# Translators: button; compares the direct and the indirect model and finds the one that fits.
COMPARE = text("button.compare", "Which model suits me?")
# Translators: button; shows where the sent application stands.
STATUS = text("button.status", "Status of my application")
# Translators: button; opens the choice of languages.
LANGUAGE = text("button.language", "Change language")
# Translators: button; lists what the assistant can do.
HELP = text("button.help", "Help")
# Translators: button; shows all answers given so far.
SUMMARY = text("button.summary", "Show my answers")
# Translators: button below a reminder; the person wants no more of them.
MUTE = text("button.mute", "No more reminders")
# Translators: button; the person wants reminders again.
UNMUTE = text("button.unmute", "Remind me again")
# Translators: button in a group chat; opens a chat of one person with the assistant.
PRIVATE_CHAT = text("button.private-chat", "Chat with me alone")
# Translators: button; gives a code with which the application goes on in Teams, on the web or on a phone.
MOVE = text("button.move", "Continue in another chat")
# Translators: above buttons, after something was explained.
WHAT_NEXT = text("words.what-next", "What would you like to do next?")

#: What the buttons do that are understood as typed at any moment, whether one is in sight or not.
COMMANDS = {
    "skip": SKIP,
    "back": BACK,
    "later": LATER,
    "form": FORM,
    "human": HUMAN,
    "apply": APPLY,
    "resume": RESUME,
    "restart": RESTART,
    "compare": COMPARE,
    "status": STATUS,
    "language": LANGUAGE,
    "help": HELP,
    "summary": SUMMARY,
    "move": MOVE,
    "mute": MUTE,
    "unmute": UNMUTE,
}


def command(label: Text, name: str) -> Choice:
    """A button that does what typing the command does."""
    return Choice(label, {"press": "command", "name": name})
