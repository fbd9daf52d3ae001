"""Says a sentence that counts with one number of each kind, as D3 asks, and looks at what comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.localization import formats
from bot.localization.catalogs import BLANK, Catalogs
from bot.localization.locale import Locale
from bot.localization.plurals import FORMS, form_for
from bot.localization.po import Message
from bot.text import Text

#: One of each kind, and those that only look like another: 11 is no 1, 21 is.
NUMBERS = (1, 2, 5, 11, 21)

#: The word that the number governs.
_COUNTED = re.compile(r"\{count\}[\s\u00a0]([а-яё-]+)", re.IGNORECASE)
#: How Russian words end after 5 and never after 1, unless they end so after both.
_MANY = ("ов", "ев", "ых", "их")


def wrongly_counted(entry: Message, locale: Locale) -> Iterator[str]:
    if entry.plural is None or len(entry.forms) != FORMS[locale] or not all(entry.forms):
        return
    catalogs = Catalogs({locale: [entry]})
    names = {name for source in entry.sources for name in BLANK.findall(source)}
    text = Text(entry.key, entry.english, entry.plural).fill(**dict.fromkeys(names, "¤"))
    for number in NUMBERS:
        said = catalogs.say(text.fill(count=number), locale)
        # English may say "one day"; in other languages the same form serves 21 as well.
        if formats.number(number, locale) not in said and (locale is not Locale.EN or number > 1):
            yield f"does not say the number {number}: {said!r}"
    if locale is Locale.RU:
        yield from _russian(entry)


def _russian(entry: Message) -> Iterator[str]:
    """After 1 and after 5 a noun never has the same form, and that of 5 never stands after 1."""
    found = [_COUNTED.search(form) for form in entry.forms]
    if not all(found):
        return
    words: Mapping[int, str] = {
        number: match[1].lower()
        for number in NUMBERS
        if (match := found[form_for(number, Locale.RU)]) is not None
    }
    if words[1] == words[5]:
        yield f"says {words[1]!r} after 1 and after 5"
    elif words[1].endswith(_MANY) and not words[5].endswith(_MANY):
        yield f"says {words[1]!r} after 1 and {words[5]!r} after 5; the forms stand in the wrong order"
