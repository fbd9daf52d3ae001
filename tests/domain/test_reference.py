"""Reference numbers: one per draft, safe to read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reference import ALPHABET, recognised, reference


def test_the_same_draft_always_gets_the_same_number() -> None:
    """B8: sent twice, shown once."""
    assert reference("7c0f6f7e") == reference("7c0f6f7e")
    assert reference("7c0f6f7e") != reference("7c0f6f7f")


@given(st.text())
def test_a_number_has_one_form(draft_id: str) -> None:
    prefix, *groups = reference(draft_id).split("-")
    assert prefix == "CSP"
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)


def test_ten_thousand_drafts_have_ten_thousand_numbers() -> None:
    assert len({reference(str(number)) for number in range(10_000)}) == 10_000


@given(st.uuids().map(str))
def test_a_number_is_recognised_however_it_is_typed(draft_id: str) -> None:
    number = reference(draft_id)
    assert recognised(number) == number
    assert recognised(number.lower().replace("-", " ")) == number
    assert recognised(number.replace("CSP-", "").replace("0", "O").replace("1", "l")) == number


@given(st.uuids().map(str), st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(draft_id: str, at: int, sign: str) -> None:
    signs = reference(draft_id).removeprefix("CSP-").replace("-", "")
    changed = signs[:at] + sign + signs[at + 1 :]
    assert (recognised(changed) is None) == (changed != signs)


@pytest.mark.parametrize(
    "typed", ["", "CSP", "CSP-1234", "12345678901U", "СSP-0000-0000-000Ж", "my application"]
)
def test_what_is_no_number_is_not_recognised(typed: str) -> None:
    assert recognised(typed) is None


@given(st.text())
def test_no_text_makes_it_fail(typed: str) -> None:
    found = recognised(typed)
    assert found is None or recognised(found) == found
