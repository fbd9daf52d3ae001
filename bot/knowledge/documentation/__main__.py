"""`python -m bot.knowledge.documentation PAGES SHELF` indexes what changed in one language: a helper."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path

from bot.knowledge.documentation.storage import update

if __name__ == "__main__":
    # What is read is held until its page is done: looking for garbage all the time finds none.
    gc.set_threshold(100_000)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    update(Path(sys.argv[1]), Path(sys.argv[2]))
