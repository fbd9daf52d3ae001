import pytest

from bot.localization.locale import Locale, negotiate

#: D7: what channels, pages and people's systems claim, and the language we answer in.
TABLE = {
    "zh": Locale.ZH_CN,
    "zh-CN": Locale.ZH_CN,
    "zh-cn": Locale.ZH_CN,
    "zh_CN": Locale.ZH_CN,
    "zh-SG": Locale.ZH_CN,
    "zh-Hans": Locale.ZH_CN,
    "zh-Hans-HK": Locale.ZH_CN,
    "zh-CHS": Locale.ZH_CN,
    "zh-MY": Locale.ZH_CN,
    "zh-TW": Locale.ZH_TW,
    "zh_TW": Locale.ZH_TW,
    "zh-HK": Locale.ZH_TW,
    "zh-MO": Locale.ZH_TW,
    "zh-Hant": Locale.ZH_TW,
    "ZH-HANT": Locale.ZH_TW,
    "zh-Hant-TW": Locale.ZH_TW,
    "zh_Hant_HK": Locale.ZH_TW,
    "zh-Hant-CN": Locale.ZH_TW,
    "zh-TW-u-ca-roc": Locale.ZH_TW,
    "ru": Locale.RU,
    "ru-RU": Locale.RU,
    "ru-UA": Locale.RU,
    "RU_kz": Locale.RU,
    "ru-Cyrl-BY": Locale.RU,
    "en": Locale.EN,
    "en-US": Locale.EN,
    "en-GB": Locale.EN,
    " en_AU ": Locale.EN,
    "de": None,
    "de-DE": None,
    "ja-JP": None,
    "english": None,
    "e": None,
    "": None,
    "zh CN": None,
    "ru/RU": None,
    "en-": None,
    "💬": None,
    None: None,
    7: None,
    1.5: None,
    ("ru",): None,
}


@pytest.mark.parametrize(("claimed", "locale"), TABLE.items())
def test_every_claim_leads_to_the_language_of_the_table(claimed: object, locale: Locale | None) -> None:
    """D7: locale matching."""
    assert negotiate(claimed) is locale


def test_what_cannot_even_be_hashed_is_no_language() -> None:
    assert negotiate(["ru"]) is None
    assert negotiate({"locale": "ru"}) is None


def test_every_language_is_claimed_by_its_own_tags() -> None:
    for locale in Locale:
        assert negotiate(locale.value) is locale
        assert negotiate(locale.folder) is locale
        assert negotiate(locale.docs) is locale


def test_languages_are_named_by_their_own_speakers() -> None:
    assert [locale.native for locale in Locale] == ["English", "简体中文", "繁體中文", "Русский"]
