"""A topic of our own, and pages of our own behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.knowledge.documentation.shelves import folders
from bot.knowledge.mirror.answers import Answers
from bot.knowledge.mirror.audit import Audit, Audited
from bot.knowledge.mirror.reviews import Reviews
from bot.knowledge.mirror.sections import Checkout

TOPICS = """
- id: club.fee
  subject: What it costs
  paragraphs: {fee: "It costs {fee}, since {since}.", many: "There are {count} of us."}
  follow_ups: [club.join]
  sources: [club#fees]
- id: club.join
  subject: How to join
  paragraphs: {page: "Here: {form}"}
  follow_ups: [club.fee]
  sources: [club#fees, club#joining]
"""
FIGURES = """
- {id: fee, value: 300, unit: USD, as_of: 2021-01-01, source: club#fees}
- {id: since, value: 2021-01-01, unit: date, as_of: 2021-01-01, source: club#fees}
- {id: count, value: 12, unit: members, as_of: 2021-01-01, source: club#fees}
- {id: form, value: 'https://club.example.com/join', unit: link, as_of: 2021-01-01, source: club#fees}
"""
NAMES = "{en: Club, zh-CN: 俱乐部, zh-TW: 俱樂部, ru: Клуб}"
SOURCES = f"""
- page: club
  titles: {NAMES}
  copies:
    zh-CN: {{date: 2021-01-01, translation: human}}
    zh-TW: {{date: 2021-01-01, translation: human}}
    ru: {{date: 2021-01-01, translation: human}}
  sections:
    fees: {{en: Fees, zh-CN: 会费, zh-TW: 會費, ru: Взносы}}
    joining: {{en: Joining, zh-CN: 加入, zh-TW: 加入, ru: Вступление}}
"""
COMPARISON = """
title: Two
indirect: One
direct: Other
rows: []
"""
TEXTS = {
    "zh-CN": ("会费为 300 美元，自 2021 年 1 月 1 日起，共 12 人。", "会费", "在[此处](https://club.example.com/join)。"),
    "zh-TW": ("會費為 300 美元，自 2021 年 1 月 1 日起，共 12 人。", "會費", "在[這裡](https://club.example.com/join)。"),
    "ru-RU": ("Взнос 300 долл. США с 1 января 2021 г., нас 12.", "Взносы", "[Здесь](https://club.example.com/join)."),
}  # fmt: skip


class Club:
    def __init__(self, folder: Path) -> None:
        self.docs, self._knowledge, self.reviews = folder / "docs", folder / "knowledge", Reviews()
        self._knowledge.mkdir()
        for name, content in (
            ("topics", TOPICS), ("figures", FIGURES), ("sources", SOURCES), ("comparison", COMPARISON)
        ):  # fmt: skip
            (self._knowledge / f"{name}.yml").write_text(content, "utf-8")
        for language in TEXTS:
            self.write(language)
        self._answers = Answers(self._knowledge)

    def sources(self, before: str, after: str) -> None:
        path = self._knowledge / "sources.yml"
        assert before in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
        self._answers = Answers(self._knowledge)

    def write(
        self,
        language: str,
        fees: str | None = None,
        *,
        name: str = "club",
        anchor: str = "fees",
        day: str = "01/01/2021",
        version: str = "aaaa",
        translated: str = "01/02/2021",
        kind: str = "HT",
    ) -> None:
        text, heading, joining = TEXTS[language]
        matter = f"ms.date: {day}\nms.openlocfilehash: {version}\n"
        matter += f"ms.translationtype: {kind}\nms.lasthandoff: {translated}"
        body = f'# <a name="club"></a>X\n\n## <a name="{anchor}"></a>{heading}\n\n{fees or text}\n'
        (self.docs / language).mkdir(parents=True, exist_ok=True)
        (self.docs / language / f"{name}.md").write_text(
            f'---\n{matter}\n---\n{body}\n## <a name="joining"></a>{joining[:2]}\n\n{joining}\n', "utf-8"
        )

    def audit(self) -> list[Audited]:
        return self._audit().topics(["club.fee", "club.join"])

    def accept(self) -> None:
        audit = self._audit()
        audit.accept(audit.topics(["club.fee", "club.join"]), date(2021, 2, 1))

    def open(self, topic: str = "club.fee") -> list[tuple[str, str, str]]:
        """Language, kind and words of what is open."""
        return [
            (each.locale.value, finding.kind.value, finding.says)
            for each in self.audit()
            for finding in each.open
            if each.topic == topic
        ]

    def _audit(self) -> Audit:
        names = {locale: glossary.keep for locale, glossary in self._answers.glossaries.items()}
        return Audit(self._answers, Checkout(folders(self.docs), names), self.reviews)
