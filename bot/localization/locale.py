"""The four languages, and how one is chosen."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

#: Where every language has its folder.
LOCALES = Path(__file__).parents[2] / "locales"


class Locale(StrEnum):
    """A language we speak, by the tag people know it under."""

    EN = "en"
    ZH_CN = "zh-CN"
    ZH_TW = "zh-TW"
    RU = "ru"

    @property
    def folder(self) -> str:
        """The name of its folder under `locales/`, as gettext writes it."""
        return self.value.replace("-", "_")

    @property
    def docs(self) -> str:
        """The tag of the same language in the documentation and in stored applications."""
        return {"en": "en-US", "ru": "ru-RU"}.get(self.value, self.value)

    @property
    def native(self) -> str:
        """What its own speakers call it."""
        return _NATIVE[self]


_NATIVE = {
    Locale.EN: "English",
    Locale.ZH_CN: "简体中文",
    Locale.ZH_TW: "繁體中文",
    Locale.RU: "Русский",
}

#: The longest beginning of a tag that stands here decides: zh-Hant-HK is zh-hant, ru-UA is ru.
TAGS = {
    "en": Locale.EN,
    "ru": Locale.RU,
    "zh": Locale.ZH_CN,
    "zh-cn": Locale.ZH_CN,
    "zh-sg": Locale.ZH_CN,
    "zh-hans": Locale.ZH_CN,
    "zh-chs": Locale.ZH_CN,
    "zh-tw": Locale.ZH_TW,
    "zh-hk": Locale.ZH_TW,
    "zh-mo": Locale.ZH_TW,
    "zh-hant": Locale.ZH_TW,
    "zh-cht": Locale.ZH_TW,
}

_WELL_FORMED = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")


def negotiate(claimed: object) -> Locale | None:
    """The language for a locale that a channel or a page claims, or None where we speak no such language."""
    if not isinstance(claimed, str):
        return None
    tag = claimed.strip().replace("_", "-").lower()
    if not _WELL_FORMED.fullmatch(tag):
        return None
    while tag not in TAGS and "-" in tag:
        tag = tag.rpartition("-")[0]
    return TAGS.get(tag)
