"""Whatever is typed: no check fails, and what is stored stays as it is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.application import FIELDS
from bot.domain.checking import check
from bot.domain.fields import Accepted, Context, Field, Problem
from bot.domain.guard import secrets_in

#: Texts of any characters, and of those that checks look at most closely.
SIGNS = (
    "0123456789 ０９٣.,-/:@+()$¥元万萬亿十百三тысмлнkKmMОоЗIl\u200b\u3000年月个月годёАВе.com@qq。％#№аbcABC"
)
TYPED = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.text(SIGNS, max_size=30),
    st.from_regex(r"\A[0-9]{1,24}\Z"),
    st.from_regex(r"\A[a-zа-я.]{1,12}@[a-zа-я.]{1,12}\Z"),
    st.from_regex(r"\A(https?://)?[a-z0-9.-]{1,20}(:[0-9]{1,6})?/?\[?[a-z]*\Z"),
)
COUNTRIES = st.sampled_from(["RU", "TW", "CN", "HK", "KZ", "BY", "US", "SG", "UA", "DE", "BQ-SA", "XK", "AQ"])
GIVEN = st.fixed_dictionaries(
    {"model": st.sampled_from(["indirect-reseller", "direct-bill"]), "legal_country": COUNTRIES},
    optional={
        "bank_country": COUNTRIES,
        "bank_code": st.sampled_from(["049999999", "9991234"]),
        "legal_name": st.just("ООО «Пример»"),
        "contact_email": st.just("li.wei@contoso.com"),
        "company_domain": st.just("contoso.com"),
        "address_region": st.sampled_from(["Москва", "台北市", "WA", "北京市"]),
    },
)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@settings(max_examples=60)
@given(typed=TYPED, given_answers=GIVEN, locale=st.sampled_from(["en", "zh-CN", "zh-TW", "ru"]))
def test_no_answer_breaks_a_check(
    field: Field, typed: str, given_answers: dict[str, str], locale: str
) -> None:
    context = Context(given_answers, date(2021, 5, 10), locale)
    result = check(field, typed, context)
    if isinstance(result, Problem):
        assert not result.unsaid or typed not in result.text.values.values()
    elif result.value is not None:
        again = check(field, str(result.value), context)
        assert isinstance(again, Accepted), (result, again)
        assert again.value == result.value


@given(TYPED)
def test_the_guard_reads_anything(typed: str) -> None:
    problem = secrets_in(typed)
    assert problem is None or problem.unsaid
