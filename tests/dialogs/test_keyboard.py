"""Slips of the keyboard: which words are found in spite of one."""

from collections.abc import Iterator

import pytest

from dialogs.reading.keyboard import Spelling

WORDS = ("cancel", "change", "отмена", "отменить", "казахстан", "continue")


def slips(word: str) -> Iterator[str]:
    """The word with one letter missing, added, wrong, or swapped with its neighbour; the first stays."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + "ж" + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    yield from (word[:at] + "ж" + word[at:] for at in range(1, len(word) + 1))


@pytest.mark.parametrize("word", WORDS)
def test_a_long_word_is_found_whatever_the_one_slip(word: str) -> None:
    spelling = Spelling(WORDS)
    assert [slip for slip in slips(word) if word not in spelling.meant(slip)] == []


def test_two_slips_or_another_first_letter_are_another_word() -> None:
    spelling = Spelling(WORDS)
    assert [spelling.meant(typed) for typed in ("cnecal", "xancel", "отмнть", "can", "")] == [set()] * 5
