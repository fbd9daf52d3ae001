"""Sections of the documentation in the terminal: looked up in an up-to-date index, listed, printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bot.knowledge.documentation import documentation
from bot.knowledge.documentation.passages import Passage
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.knowledge.documentation.shelves import Shelves


def shelves(environ: Mapping[str, str]) -> Shelves | None:
    """The documentation with its index brought up to date; None where DOCS_DIR is not set.

    Raises ConfigurationError.
    """
    if not environ.get("DOCS_DIR", "").strip():
        return None  # and no data folder is made for nothing
    settings = Settings.read(environ)
    found = documentation(settings.docs_dir, settings.data_dir)
    if found is not None:
        found.update()
    return found


def listed(found: Iterable[Passage]) -> list[dict[str, Any]]:
    """Sections as JSON holds them."""
    return [
        {
            "title": each.title,
            "section": each.section,
            "excerpt": each.excerpt,
            "url": each.url,
            "locale": each.locale.docs,
            "date": each.date.isoformat() if each.date else None,
            "translation": each.translation or "original",
            "outdated": each.outdated,
        }
        for each in found
    ]


def readable(sections: Iterable[Mapping[str, Any]]) -> str:
    return "\n\n".join(
        f"{each['title']}, {each['section']} ({each['date'] or 'no date'}, {each['translation']})\n"
        f"{each['excerpt']}\n{each['url']}"
        for each in sections
    )
