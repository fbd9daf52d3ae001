"""The four languages, and how one is chosen."""

from __future__ import annotations

from enum import StrEnum


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
