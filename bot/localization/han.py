"""Which characters only Simplified, and which only Traditional Chinese has."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"


@cache
def simplified_only() -> frozenset[str]:
    """Characters that no Traditional text has (those that Taiwan writes as well are left out)."""
    in_taiwan = {variant for variants in _table("TWVariants").values() for variant in variants}
    return _always_changed("STCharacters") - in_taiwan


@cache
def traditional_only() -> frozenset[str]:
    # The table keeps 於 for its use as a family name.
    return _always_changed("TSCharacters") | {"於"}


def _always_changed(table: str) -> frozenset[str]:
    return frozenset(character for character, others in _table(table).items() if character not in others)


def _table(name: str) -> dict[str, list[str]]:
    """A dictionary of OpenCC: a character and those it may become."""
    lines = files("opencc").joinpath("dictionary", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {character: others.split() for character, _, others in (line.partition("\t") for line in lines)}
