"""`python -m bot train`: trains the finder's model from the phrasings in all languages."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.knowledge.model import FILE, Model
from bot.knowledge.topics import Topics
from bot.localization.locale import LOCALES


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot train", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the model is up to date")
    chosen = parser.parse_args(arguments)
    try:
        from bot.knowledge import training
    except ModuleNotFoundError as missing:
        print(f"Training needs {missing.name}, which `make check` installs.", file=sys.stderr)
        return 2
    topics = Topics.load()
    learned = training.examples(topics, LOCALES)
    if chosen.check:
        current = FILE.exists() and Model.load().header.fingerprint == training.fingerprint(learned)
        print(
            "The model is up to date." if current else "The model is out of date: run `python -m bot train`."
        )
        return 0 if current else 1
    model = training.train(topics, learned)
    FILE.write_bytes(model.packed())
    print(f"Learned from {len(learned)} phrasings: {FILE.name}, {FILE.stat().st_size / 1e6:.1f} MB.")
    return 0
