"""A stored phone number is shown as people dial it."""

from bot.domain.phones import international
from bot.text import Text


def test_a_number_is_shown_in_international_form() -> None:
    assert international("+861012345678") == "+86 10 1234 5678"


def test_an_extension_is_shown_in_the_persons_language() -> None:
    shown = international("+886221234567;ext=12")
    assert isinstance(shown, Text)
    assert shown.values == {"number": "+886 2 2123 4567", "extension": "12"}
