"""Numbers, amounts, dates and addresses come out alike, whatever the language."""

from __future__ import annotations

import pytest

from bot.knowledge.mirror.facts import Fact, address, carried, facts, is_page


def found(text: str, *names: str) -> set[str]:
    return {f"{fact.kind} {fact}" for fact in facts(text, names)}


@pytest.mark.parametrize(
    "text",
    [
        "Since October 27, 2020: USD 300,000 in 12 months.",
        "As of 27 October 2020, $300K within twelve months.",
        "自 2020 年 10 月 27 日起，12 个月内 30 万美元。",
        "從2020年10月27日開始，十二個月內達到 300,000 美元。",
        "С 27 октября 2020 г. не менее 300 тыс. долл. США за 12 месяцев.",
        "С 27 октября 2020 года 300\u00a0000 долларов за двенадцать месяцев.",
        "10/27/2020, 300 000 USD, 12",
        "2020-10-27: $300 000 (12-month)",
    ],
)
def test_the_same_facts_are_read_from_every_language(text: str) -> None:
    """E7"""
    assert found(text) == {"date 2020-10-27", "amount USD 300000", "number 12"}


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("自 2020 年 10 月起", {"date 2020-10"}),
        ("В октябре 2020 года", {"date 2020-10"}),
        ("на 2021 января", {"date 2021-01"}),
        ("October 2020", {"date 2020-10"}),
        ("в 2018 году; 2018 年", {"date 2018"}),
        ("9 月 1 日", {"date --09-01"}),
        ("8 марта", {"date --03-08"}),
        ("May 5 and 5 may be enough", {"number 5"}),
        ("маркетинг 2020", {"number 2020"}),
        ("2021 年 2 月 30 日", {"date 2021", "number 2", "number 30"}),
    ],
)
def test_what_is_less_than_a_day_is_read_as_far_as_it_goes(text: str, dates: set[str]) -> None:
    assert found(text) == dates


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3-5 个工作日", {"number 3", "number 5"}),
        ("2 500 знаков, 2,500 characters", {"number 2500"}),
        ("пяти рабочих дней", {"number 5"}),
        ("两年", {"number 2"}),
        ("Microsoft 365, 21Vianet, A1, TLS1.2", set()),
        ("步骤 5、шаге 5、step 2 or 3、选项 1、сценария 2 и 3、(1)", set()),
        ("778a4dc7-00c1-4d53-8647-0757d14e0757", set()),
        ("一个合作伙伴, два варианта, two ways", set()),
        ("24 小時內", {"number 24"}),
    ],
)
def test_what_is_counted_is_a_number_and_what_is_numbered_is_not(text: str, numbers: set[str]) -> None:
    assert found(text, "Microsoft", "Microsoft 365") == numbers


@pytest.mark.parametrize(
    ("link", "value"),
    [
        ("https://www.example.com/ZH-cn/Offers/?x=1#y", "example.com/offers"),
        ("locations.md#add", "learn.microsoft.com/partner-center/announcements/locations"),
        ("../locations.md", "learn.microsoft.com/partner-center/locations"),
        ("https://docs.microsoft.com/ru-ru/partner-center/a", "learn.microsoft.com/partner-center/a"),
        ("/azure/offers/index.yml", "learn.microsoft.com/azure/offers"),
    ],
)  # fmt: skip
def test_an_address_is_the_same_in_every_language(link: str, value: str) -> None:
    """E7"""
    assert address(link, "announcements/2021-may") == Fact("address", value)


@pytest.mark.parametrize("link", ["#below", "mailto:a@example.com", "", "javascript:void(0)"])
def test_what_stays_on_the_page_is_no_address(link: str) -> None:
    assert address(link, "page") is None


def test_addresses_are_found_in_sentences() -> None:
    assert found("见 https://example.com/a/。 Or epe.example.com, e-mail: a@example.com.") == {
        "address example.com/a",
        "address epe.example.com",
    }
    assert [is_page(fact) for fact in sorted(facts("learn.microsoft.com/azure and example.com"))] == [
        False,
        True,
    ]


def test_a_month_is_carried_by_its_days_and_a_bare_number_by_an_amount() -> None:
    ours = facts("October 27, 2020; USD 300,000")
    assert carried(Fact("date", "2020-10"), ours) and carried(Fact("number", "300000"), ours)
    assert not carried(Fact("date", "2020-10-28"), ours) and not carried(Fact("amount", "USD 500000"), ours)
