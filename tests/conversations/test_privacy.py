"""What people are told about their data: in short before they give any, in full whenever they ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.localization.locale import Locale
from tests.conversations.house import house
from tests.conversations.scripts import said_in
from tests.conversations.talking import BEGIN, Person

ASKED = {
    Locale.EN: ("privacy", "Is my data safe?", "who can see my answers"),
    Locale.ZH_CN: ("隐私", "我的数据安全吗？", "谁能看到我的数据"),
    Locale.ZH_TW: ("隱私權", "我的資料安全嗎？", "誰看得到我的資料"),
    Locale.RU: ("Конфиденциальность", "мои данные в безопасности?", "кто видит мои ответы"),
}
FULL = ["privacy.what", "privacy.who", "privacy.how-long", "privacy.rights"]


@pytest.mark.parametrize("locale", list(Locale))
async def test_the_notice_comes_once_and_stays_with_the_draft(locale: Locale, tmp_path: Path) -> None:
    """J1: as it was shown; whoever leaves before the first answer is told again."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        begin = said_in(BEGIN, locale)
        assert (await person.says(begin)).keys == ["privacy.notice", "apply.model.ask"]
        heard = await person.says("cancel")
        await person.presses(heard.offers("way", way="keep"))
        assert "privacy.notice" in (await person.says(begin)).keys
        heard = await person.presses({"press": "answer", "field": "model", "value": "indirect-reseller"})
        assert heard.stored.draft is not None
        (record,) = heard.stored.draft.consents
        assert (record["text"], record["version"], record["locale"]) == ("privacy.notice", 1, locale.value)
        heard = await person.elsewhere("test:2").presses({"press": "command", "name": "resume"})
        assert "privacy.notice" not in heard.keys


@pytest.mark.parametrize("locale", list(Locale))
async def test_whoever_asks_is_told_everything(locale: Locale, tmp_path: Path) -> None:
    """J1, A2: at any moment; in a form its question comes again."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        for words in ASKED[locale]:
            assert (await person.says(words)).keys == FULL, words
        await person.says(said_in(BEGIN, locale))
        for words in ASKED[locale]:
            heard = await person.says(words)
            assert (heard.keys, heard.field) == ([*FULL, "apply.model.ask"], "model"), words
        assert "90" in heard.texts[2]


@pytest.mark.parametrize("locale", list(Locale))
async def test_what_the_words_tell_to_type_is_understood(locale: Locale, tmp_path: Path) -> None:
    """J1, J2: each phrase in quotation marks does what it says."""
    quoted = {Locale.EN: "“”", Locale.ZH_CN: "“”", Locale.ZH_TW: "「」", Locale.RU: "«»"}[locale]
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        notice = (await person.says(said_in(BEGIN, locale))).texts[0]
        full = await person.says(_in_quotes(notice, quoted)[0])
        assert full.keys[:4] == FULL
        export, delete = _in_quotes(full.texts[3], quoted)
        assert (await person.says(export)).keys[0] == "personal.kept"
        assert (await person.says(delete)).keys[0] == "personal.forget"


def _in_quotes(text: str, marks: str) -> list[str]:
    opening, closing = marks
    return [part.partition(closing)[0] for part in text.split(opening)[1:]]
