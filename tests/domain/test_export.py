"""Applications as records and rows. H5: safe to open in a spreadsheet."""

import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.application import FIELDS
from bot.domain.export import COLUMNS, FORMULA, records, rows, to_csv


@dataclass
class Sent:
    answers: dict[str, Any]
    number: str = "CSP-0000-0000-0000"
    model: str = "indirect-reseller"
    status: str = "in-review"
    locale: str = "zh-TW"
    sent: datetime = field(default=datetime(2021, 5, 10, 12, tzinfo=UTC))


ANSWERS = {
    "model": "indirect-reseller",
    "legal_name": "範例資訊股份有限公司",
    "contact_phone": "+886223456789",
    "bank_account": "00123456789012",
}


def cells(application: Sent, bom: bool = False) -> dict[str, str]:
    found = list(csv.DictReader(io.StringIO(to_csv([application], bom=bom), newline="")))
    assert len(found) == 1
    return found[0]


def test_a_record_has_every_answer_as_a_code() -> None:
    record = records([Sent(ANSWERS)])[0]
    assert record["number"] == "CSP-0000-0000-0000"
    assert record["sent"] == "2021-05-10T12:00:00+00:00"
    assert record["answers"]["legal_name"] == "範例資訊股份有限公司"
    assert orjson.loads(orjson.dumps(record)) == record


def test_an_account_leaves_only_masked() -> None:
    sent = Sent(ANSWERS)
    assert records([sent])[0]["answers"]["bank_account"] == "•••• 9012"
    assert "00123456789012" not in to_csv([sent], bom=False)
    assert sent.answers["bank_account"] == "00123456789012"


def test_the_columns_are_the_declared_fields_in_their_order() -> None:
    assert [column for column in COLUMNS if column in {field.name for field in FIELDS}][1:] == [
        field.name for field in FIELDS if field.name != "model"
    ]
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert all(len(row) == len(COLUMNS) for row in rows([Sent(ANSWERS), Sent({})]))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    """H5: cells beginning = + - @ tab CR are neutralised."""
    name = f"{start}cmd|' /C calc'!A0"
    assert cells(Sent({**ANSWERS, "legal_name": name}))["legal_name"] == f"'{name}"


def test_phone_numbers_are_neutralised_like_everything_else() -> None:
    assert cells(Sent(ANSWERS))["contact_phone"] == "'+886223456789"


def test_a_byte_order_mark_is_written_on_request_only() -> None:
    """H5: with it Excel shows Chinese and Russian."""
    assert to_csv([Sent(ANSWERS)], bom=True) == "\ufeff" + to_csv([Sent(ANSWERS)], bom=False)
    assert to_csv([], bom=False).rstrip() == ",".join(COLUMNS)


def test_what_was_skipped_is_empty() -> None:
    assert cells(Sent({**ANSWERS, "company_domain": None}))["company_domain"] == ""


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_the_table(name: str) -> None:
    cell = cells(Sent({**ANSWERS, "legal_name": name}))["legal_name"]
    assert not cell.startswith(FORMULA)
    assert cell.removeprefix("'") == name.removeprefix("'") or cell == name
