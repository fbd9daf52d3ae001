from pathlib import Path

import pytest

from bot.cli import teams_package
from bot.localization import po
from bot.localization.checks import CHECKS, check_catalog, check_up_to_date
from bot.localization.extraction import Source
from bot.localization.glossary import Glossary
from bot.localization.lengths import places_of
from bot.localization.locale import Locale
from bot.localization.po import Message

LOCALES = Path(__file__).parents[2] / "locales"
GLOSSARIES = {locale: Glossary.load(LOCALES, locale) for locale in Locale}
EN, CN, TW, RU = Locale


def entry(english: str, *forms: str, plural: str | None = None, key: str = "k", **more: object) -> Message:
    return Message(key, english, plural, forms, comment="a note", **more)  # type: ignore[arg-type]


def found(message: Message, locale: Locale) -> list[tuple[str, str]]:
    """The names of the checks that found something, with what they say."""
    return [(check.__name__, says) for check in CHECKS for says in check(message, GLOSSARIES[locale])]


#: A broken message for each thing a check is there for: check, language, message, part of what is said.
BROKEN = [
    ("untranslated", RU, entry("Name", ""), "has no translation"),
    ("stale", RU, entry("Name", "Имя", fuzzy=True, previous=("Title",)), "it was 'Title'"),
    (
        "plural_forms",
        RU,
        entry("{count} day", "{count} день", "{count} дня", plural="{count} days"),
        "needs 3",
    ),
    (
        "plural_forms",
        RU,
        entry("{count} day", "{count} день", "", "", plural="{count} days"),
        "some numbers only",
    ),
    ("blanks", RU, entry("Dear {name}", "Здравствуйте"), "lost the blank {name}"),
    ("blanks", CN, entry("Dear {name}", "{nmae}"), "has a blank {nmae} that the English lacks"),
    (
        "blanks",
        RU,
        entry("one day", "день", "{count} дня", "{count} дней", plural="{count} days"),
        "lost the blank",
    ),
    ("structure", RU, entry("One.\n\nTwo.", "Раз. Два."), "other line breaks"),
    ("structure", TW, entry("See https://a.b/c", "請見 https://a.b/d"), "other links"),
    ("structure", CN, entry("It is **new**", "这是新的"), "other markup"),
    ("structure", RU, entry("Name", " Имя"), "begins or ends with a space"),
    ("script", TW, entry("software", "软體"), "Simplified characters: 软"),
    ("script", CN, entry("software", "軟件"), "Traditional characters: 軟"),
    ("script", RU, entry("account", "cчет"), "mixes Latin and Russian letters"),
    ("script", RU, entry("and with", "и c ним"), "mixes Latin and Russian letters"),
    ("last_sign", CN, entry("Hello.", "你好"), "ends with no sign, the English with a full stop"),
    ("last_sign", RU, entry("Name?", "Имя."), "ends with a full stop, the English with a question mark"),
    ("last_sign", TW, entry("Name", "名稱："), "ends with a colon, the English with no sign"),
    ("typography", CN, entry("Yes, it is.", "是,可以。"), "full-width"),
    ("typography", CN, entry("Press “Next”.", "请按「下一步」。"), "quotation marks are “ ”"),
    ("typography", TW, entry("Press “Next”.", "請按“下一步”。"), "quotation marks are 「 」"),
    ("typography", TW, entry("Name (legal)", "名稱（法定）"), "parentheses are half-width"),
    ("typography", CN, entry("the CSP program", "加入CSP 计划"), "put a space between them"),
    ("typography", TW, entry("5 people", "5人"), "put a space between them"),
    ("typography", CN, entry("Wait…", "请等待…"), "the ellipsis is ……"),
    ("typography", RU, entry('Press "Next".', 'Нажмите "Далее".'), "quotation marks are «"),
    ("typography", RU, entry("still", "ещё"), "write е"),
    ("typography", RU, entry("A – b", "А - б"), "a dash is —"),
    ("typography", RU, entry("A – b", "А — б"), "no-break space"),
    ("typography", RU, entry("What do you want?", "Что Вы хотите?"), "вы is lower-case"),
    ("typography", RU, entry("the form", "форма форма"), "a word stands twice"),
    ("typography", RU, entry("the form", "эта  форма"), "one space is enough"),
    ("typography", EN, entry("file(s)", "file(s)"), "use counted"),
    (
        "length",
        RU,
        entry("Back", "Вернуться к тому вопросу, который мы задали прежде", key="button.back"),
        "at most 45",
    ),
    (
        "length",
        CN,
        entry("Back", "返回到之前已经回答过的那一个旧问题上面去吧", key="apply.button.back"),
        "at most 20",
    ),
    ("terms", TW, entry("an indirect reseller", "間接轉銷商"), "says 間接轉銷商"),
    ("terms", CN, entry("your application", "贵公司的应用程序"), "the term is 申请"),
    ("terms", CN, entry("you", "您"), "which the glossary rules out"),
    (
        "terms",
        RU,
        entry("with indirect resellers", "с непрямыми торговыми посредниками"),
        "the term is косвенный",
    ),
    (
        "preferred",
        RU,
        entry("a credit check", "проверка"),
        "has no проверка кредитоспособности for 'credit check'",
    ),
    ("terms", EN, entry("your email", "your email"), "rules out"),
    ("unchanged", RU, entry("Legal name", "Legal name"), "the same as the English"),
    ("structure", TW, entry("Write to a@b.org", "請寫信到 a@c.org"), "other e-mail addresses"),
    ("length", EN, entry("A" * 33, "A" * 33, key="button.help"), "the menu of commands in Teams"),
    ("length", CN, entry("Who", "谁" * 33, key="topic.who.subject"), "the title of a card"),
    (
        "counting",
        RU,
        entry("{count} day", "{count} дней", "{count} дня", "{count} дней", plural="{count} days"),
        "says 'дней' after 1 and after 5",
    ),
    (
        "counting",
        RU,
        entry("{count} step", "{count} шагов", "{count} шага", "{count} шаг", plural="{count} steps"),
        "wrong order",
    ),
    (
        "counting",
        RU,
        entry("one day", "один день", "{count} дня", "{count} дней", plural="{count} days"),
        "does not say the number 21",
    ),
    ("comment", EN, Message("k", "Name", None, ("Name",)), "has no comment for translators"),
]


@pytest.mark.parametrize(("check", "locale", "message", "says"), BROKEN)
def test_a_broken_message_is_found(check: str, locale: Locale, message: Message, says: str) -> None:
    """E2, E8: each check finds what it is there for, and says what to do."""
    assert any(name == check and says in said for name, said in found(message, locale))


def test_every_check_is_proven_by_a_broken_message() -> None:
    assert {check.__name__ for check in CHECKS} == {check for check, *_ in BROKEN}


SOUND = [
    (EN, entry("Hello, {name}.", "Hello, {name}.")),
    (EN, entry("one day", "one day", "{count} days", plural="{count} days")),
    (CN, entry("See **Account settings**: https://a.b/c.", "请参阅 **帐户设置**：https://a.b/c。")),
    (CN, entry("Sent on January 27, 2021, by {count} people.", "由 {count} 人于 2021年1月27日发送。")),
    (CN, entry("Cloud Solution Provider (CSP) program", "云解决方案提供商 (CSP) 计划")),
    (TW, entry("Sign in to Partner Center.", "登入合作夥伴中心。")),
    (RU, entry("after a credit check", "после проверки кредитоспособности")),
    (TW, entry("Your tenant", "您的租用戶")),
    (TW, entry("Select Next (the last button).", "選取 [下一步] (最後一個按鈕)。")),
    (RU, entry("Your “application” — please wait…", "Ваша «заявка»\u00a0— подождите…")),
    (RU, entry("{count} day", "{count} день", "{count} дня", "{count} дней", plural="{count} days")),
    (RU, entry("CSP, MPN", "CSP, MPN")),
    (RU, entry("Two:\n- one\n- two", "Два:\n- раз\n- два")),
    (RU, entry("The menu Indirect providers", "Меню «Непрямые поставщики»")),
    (RU, entry("A CSP partner", "CSP-партнер")),
    (RU, entry("Contoso Ltd", "Contoso Ltd", key="apply.legal-name.example")),
    (RU, entry("{label}: {value}", "{label}: {value}")),
]


@pytest.mark.parametrize(("locale", "message"), SOUND)
def test_a_sound_message_is_left_alone(locale: Locale, message: Message) -> None:
    assert found(message, locale) == []


def test_a_finding_names_file_line_and_key(tmp_path: Path) -> None:
    folder = tmp_path / "locales"
    path = po.path_of(folder, RU)
    po.write(path, RU, [entry("Name", "Имя", key="a"), entry("Title", "", key="b")])
    (folder / "ru" / "glossary.yml").write_text((LOCALES / "ru" / "glossary.yml").read_text("utf-8"), "utf-8")
    (finding,) = check_catalog(folder, RU)
    assert finding.file == "locales/ru/LC_MESSAGES/bot.po"
    assert path.read_text("utf-8").splitlines()[finding.line - 1] == 'msgctxt "b"'
    assert (finding.key, finding.check) == ("b", "untranslated")


def test_a_catalog_that_nobody_updated_is_found(tmp_path: Path) -> None:
    po.write(
        po.path_of(tmp_path, RU), RU, [entry("Name", "Имя", key="a"), entry("Title", "Титул", key="gone")]
    )
    sources = {"a": Source("a", "Label"), "new": Source("new", "New")}
    found = {finding.key: finding.says for finding in check_up_to_date(tmp_path, RU, sources)}
    assert found.keys() == {"a", "gone", "new"}
    assert all(says.endswith("run `python -m bot strings update`") for says in found.values())


@pytest.mark.parametrize("locale", Locale)
def test_no_glossary_avoids_what_it_prefers(locale: Locale) -> None:
    glossary = GLOSSARIES[locale]
    for term in glossary.terms:
        assert term.preferred not in (*term.avoid, *glossary.never)
        if locale is not EN:
            assert not list(glossary.faults(" ".join(term.english), term.preferred))


def test_teams_has_no_command_whose_length_is_not_checked() -> None:
    """E2: the limits of the package, found in the catalogs before anybody makes one."""
    titles = {title.key for title, _ in teams_package.PERSONAL}
    descriptions = {description.key for _, description in teams_package.PERSONAL}
    limits = {key: min(place.limits[RU] for place in places_of(key)) for key in titles | descriptions}
    assert {limits[key] for key in titles} == {teams_package.LIMITS[".title"]}
    assert {limits[key] for key in descriptions} == {teams_package.LIMITS[".description"]}
