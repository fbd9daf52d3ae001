"""What happens to what people tell us, in short and in full."""

from __future__ import annotations

from bot.text import Text, counted, text

# Translators: told before the first question of an application. A change of meaning needs a new version in
# dialogs/consents.py. “privacy” is what the person types: write a word that vocabulary.yml understands.
NOTICE = text(
    "privacy.notice",
    "Your answers are stored encrypted, and reviewers see none of them before you send the application. "
    "You can read or delete them at any time; type “privacy” to learn more.",
)
# Translators: title of a page that tells how we treat what people tell us.
TITLE = text("privacy.title", "What happens to your data")
# Translators: what is stored about a person.
WHAT = text(
    "privacy.what",
    "I keep your language, the messages of our conversations, the answers you give, and your votes and "
    "comments on my answers. Messages, answers and comments are stored encrypted.",
)
# Translators: who reads what is stored.
WHO = text(
    "privacy.who",
    "Reviewers see no drafts, only the applications you send. "
    "Questions I couldn't answer are collected without your name.",
)
# Translators: how long something is stored; {count} is a number of days.
HOW_LONG = counted(
    "privacy.how-long",
    "A draft is deleted {count} day after its last change, everything else as soon as you ask.",
    "A draft is deleted {count} days after its last change, everything else as soon as you ask.",
)
# Translators: “export my data” and “delete me” are what the person types: write words that vocabulary.yml
# understands.
RIGHTS = text(
    "privacy.rights",
    "In the chat, type “export my data” to see everything, or “delete me” to have it deleted. "
    "I ask once more before I delete anything.",
)


def paragraphs(draft_days: int) -> tuple[Text, ...]:
    """The whole, for a draft that is kept for so many days."""
    return (WHAT, WHO, HOW_LONG.fill(count=draft_days), RIGHTS)
