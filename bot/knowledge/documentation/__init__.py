"""The documentation itself: where no topic of ours answers, the sections that may help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.knowledge.documentation.shelves import Shelves


def documentation(source: Path | None, data: Path) -> Shelves | None:
    """The documentation in `source`, where there is one; its index is kept with the other data.

    Raises ConfigurationError where the folder holds no documentation.
    """
    if source is None:
        return None
    # What searches it takes memory that others need not spend.
    from bot.knowledge.documentation.shelves import Shelves

    return Shelves(source, data / "documentation")
