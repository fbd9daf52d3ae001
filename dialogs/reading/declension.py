"""Russian place names in the forms that prepositions ask for: «Россия», «в России», «из России»."""

from __future__ import annotations

from itertools import product

#: By ending, the longest first: what replaces it in the other cases.
_ENDINGS = (
    ("ские", "ских ским скими"),
    ("ова", "овов овам овами овах овы ове ову овой"),
    ("ия", "ии ию ией"),
    ("ая", "ой ую"),
    ("ое", "ого ому ым ом"),
    ("ые", "ых ым ыми"),
    ("ий", "ия ию ием ии ого ому"),
    ("ы", " ов ам ами ах"),
    ("а", "ы и е у ой ей"),
    ("я", "и е ю ей"),
    ("ь", "я ю ем е и ью"),
    ("и", "и ям ями ях ей"),
    ("й", "я ю ем е"),
    ("о", "а у ом е"),
)
_AFTER_A_CONSONANT = "а у ом е"
_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")


def forms(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Every form of a name of up to three words; a longer one is typed as we show it."""
    if len(words) > 3:
        return {words}
    return set(product(*map(_forms_of_word, words)))


def _forms_of_word(word: str) -> set[str]:
    if len(word) < 4 or not "а" <= word[0] <= "я":
        return {word}
    for ending, others in _ENDINGS:
        if word.endswith(ending):
            return {word, *(word.removesuffix(ending) + other for other in others.split(" "))}
    return {word, *(word + other for other in _AFTER_A_CONSONANT.split(" ") if word[-1] in _CONSONANTS)}
