import pytest

from bot.localization.detection import language_of
from bot.localization.locale import Locale

EN, CN, TW, RU = Locale

TOLD = [
    ("我想申请成为间接经销商", CN),
    ("我想申請成為間接經銷商", TW),
    ("什麼是 CSP？", TW),
    ("怎么注册 MPN", CN),
    ("Что такое CSP?", RU),
    ("непрямой реселлер", RU),
    ("ООО «Ромашка»", RU),
    ("Нужен ли мне Microsoft Partner Network ID?", RU),
    ("ЕЩЁ", RU),
    ("What is an indirect reseller?", EN),
    ("What does косвенный поставщик mean for the resellers?", EN),
    ("HELP", EN),
    ("don’t know", EN),
    ("how do I find 世纪互联 there", CN),
]

UNTOLD = [
    "你好",
    "",
    "   ",
    "42",
    "?!",
    "CSP",
    "MPN ID",
    "Contoso Ltd",
    "info@contoso.com",
    "https://partner.microsoft.com/what-is-this",
    "kto mozhet podat zayavku",
    "crjkmrj ;lfnm",
    "Qué es CSP para mí",
    "Wie kann ich mich anmelden",
    "👍",
]


@pytest.mark.parametrize(("message", "locale"), TOLD)
def test_the_script_tells_the_language(message: str, locale: Locale) -> None:
    """C6: the language of a question."""
    assert language_of(message) is locale


@pytest.mark.parametrize("message", UNTOLD)
def test_where_the_script_does_not_tell_nobody_guesses(message: str) -> None:
    assert language_of(message) is None
