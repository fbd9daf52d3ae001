"""Every field takes its good answers and refuses its bad ones."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.application import FIELDS, NAMED
from bot.domain.checking import check
from bot.domain.fields import Accepted, Context, Problem

ANSWERS = yaml.safe_load(Path(__file__).with_name("answers.yml").read_text(encoding="utf-8"))


def cases(quality: str) -> list[Any]:
    return [
        pytest.param(name, case, id=f"{name}-{case['typed']}")
        for name, examples in ANSWERS.items()
        for case in examples[quality]
    ]


def judged(name: str, case: dict[str, Any]) -> Accepted | Problem:
    return check(NAMED[name], case["typed"], Context(case.get("given", {}), date(2021, 5, 10)))


def test_every_field_has_examples() -> None:
    assert set(ANSWERS) == {field.name for field in FIELDS}


@pytest.mark.parametrize(("name", "case"), cases("good"))
def test_a_good_answer_is_taken(name: str, case: dict[str, Any]) -> None:
    result = judged(name, case)
    assert isinstance(result, Accepted), result
    assert result.value == case.get("value", case["typed"])
    assert [remark.key for remark in result.remarks] == [case["told"]] if "told" in case else True
    assert (result.confirm.key if result.confirm else None) == case.get("asked")
    stopped = NAMED[name].ask.blocks({**case.get("given", {}), name: result.value})
    assert (stopped.key if stopped else None) == case.get("blocks")


@pytest.mark.parametrize(("name", "case"), cases("bad"))
def test_a_bad_answer_is_refused(name: str, case: dict[str, Any]) -> None:
    result = judged(name, case)
    assert isinstance(result, Problem)
    assert result.type == case.get("type", result.type)
    assert [option.value for option in result.meant] == case["meant"] if "meant" in case else True


@pytest.mark.parametrize(("name", "case"), cases("bad"))
def test_what_must_stay_unsaid_is_not_repeated(name: str, case: dict[str, Any]) -> None:
    result = judged(name, case)
    assert isinstance(result, Problem)
    assert not result.unsaid or case["typed"] not in repr(result)


@pytest.mark.parametrize(("name", "case"), cases("good"))
def test_a_stored_answer_is_accepted_as_it_is(name: str, case: dict[str, Any]) -> None:
    stored = judged(name, case)
    assert isinstance(stored, Accepted)
    if stored.value is not None:
        again = judged(name, {**case, "typed": str(stored.value)})
        assert isinstance(again, Accepted)
        assert again.value == stored.value
