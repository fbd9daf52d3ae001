"""`python -m bot.knowledge.documentation PAGES SHELF` indexes what changed in one language: a helper."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from bot.knowledge.documentation.storage import update

if __name__ == "__main__":
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    update(Path(sys.argv[1]), Path(sys.argv[2]))
