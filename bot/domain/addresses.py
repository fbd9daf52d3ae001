"""The legal address, part by part: what each country asks for, and whether an answer fits it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.domain import places
from bot.domain.fields import Accepted, Answers, Context, Option, Problem
from bot.domain.markets import iso
from bot.domain.normalising import as_written, code, plain
from bot.domain.places import Place, rules
from bot.domain.problems import problem
from bot.domain.scripts import letters_in
from bot.domain.shorthands import means_nothing, means_same
from bot.domain.slips import is_readable, meant, mixed, slip
from bot.text import Country, Listing, Text, text

PARTS: Mapping[str, str] = {
    "country_area": "region",
    "city": "city",
    "postal_code": "postal_code",
    "street_address": "line1",
}
#: Where we ask otherwise than the address library; True: required.
ASKED: Mapping[str, Mapping[str, bool]] = {
    "KZ": {"region": False, "city": True, "postal_code": True, "line1": True, "line2": False},
    "BY": {"region": False, "city": True, "postal_code": True, "line1": True, "line2": False},
}
UNKNOWN_COUNTRY: Mapping[str, bool] = {"city": True, "line1": True, "line2": False}
#: Postal codes of our own checking, with an example.
POSTAL_CODES: Mapping[str, tuple[str, str]] = {
    "CN": ("[0-9]{6}", "100080"),
    "TW": ("[0-9]{3}(?:[0-9]{2,3})?", "110204"),
    "RU": ("[0-9]{6}", "125009"),
    "KZ": ("[0-9]{6}|[A-Z][0-9]{2}[A-Z][0-9][A-Z][0-9]", "Z05T3D0"),
    "BY": ("2[0-9]{5}", "220030"),
    "SG": ("[0-9]{6}", "018956"),
    "US": ("[0-9]{5}(?:-[0-9]{4})?", "98052"),
}
ANY_POSTAL_CODE = ("[A-Z0-9][A-Z0-9 -]{1,9}", "10115")
WITHOUT_POSTAL_CODES = frozenset({"HK", "MO"})
#: Where Partner Center checks an address itself and proposes a standard form.
STANDARDISED = frozenset({"AM", "HU", "KG", "MD", "UZ", "RU"})
#: Regions that two countries' lists contain.
FOR_A_REVIEWER = frozenset(
    {"Республика Крым", "Автономна Республіка Крим", "Севастополь", "місто Севастополь"}
)
MUNICIPALITIES = frozenset({"北京市", "上海市", "天津市", "重庆市"})

WEB = re.compile(r"https?:|ftp:|\bwww\.", re.IGNORECASE)
MAIL = re.compile(r"\S@\S")
POST_BOX = re.compile(
    r"(?:а/?я|абонентский ящик|p\.? ?o\.? ?box|post(?:al)? ?box|邮政信箱|郵政信箱|信箱|邮箱|郵箱)"
    r"[\W_]*第?\w*\W*[号號]?",
    re.IGNORECASE,
)

# Translators: a region, state or province as its own country writes it, on a button. Leave as it is.
REGION_NAME = text("address.region.name", "{name}")
HONG_KONG: Mapping[str, Text] = {
    # Translators: one of the three areas of Hong Kong.
    "Hong Kong Island": text("address.region.hong-kong-island", "Hong Kong Island"),
    # Translators: one of the three areas of Hong Kong.
    "Kowloon": text("address.region.kowloon", "Kowloon"),
    # Translators: one of the three areas of Hong Kong.
    "New Territories": text("address.region.new-territories", "New Territories"),
}

# Translators: only a P.O. box was given.
NOT_A_BOX = text(
    "problem.address.post-box",
    "A post box is not a legal address. Please give street and number as registered.",
)
# Translators: not an error: street without a house number.
NO_NUMBER = text(
    "remark.address.no-number", "There is no house number in this line. If there is one, please add it."
)
# Translators: advice. Partner Center is a website; “{country}” is a country.
STANDARD_FORM = text(
    "remark.address.standard-form",
    "Partner Center checks addresses in {country} and may propose a standard form. Please accept it there.",
)
# Translators: “{region}” is a region that two countries list.
REVIEWER_LOOKS = text(
    "remark.address.reviewer",
    "We do not know which legal addresses in {region} Microsoft accepts. A reviewer will look at yours.",
)
# Translators: the name fits several regions or cities, listed in {options} (“A or B”).
WHICH = text("problem.address.which", "Which one do you mean: {options}?")
# Translators: “{name}” is a region or city that is probably meant; it is offered as a button.
PERHAPS = text("problem.address.perhaps", "Do you mean {name}?")
# Translators: the name is not among the regions of {country}; a list is shown.
NO_REGION = text(
    "problem.address.region",
    "We do not find this among the regions of {country}. Please choose one from the list.",
)
# Translators: the region typed is a market of its own, {market}, for example Hong Kong.
OWN_MARKET = text(
    "problem.address.own-market",
    "In this program {market} is a market of its own. If your company is registered there, please change the "
    "country or region of the legal address.",
)
# Translators: not among the cities or districts of {region}; “{example}” is one of them.
NO_CITY = text(
    "problem.address.city", "We do not find this in {region}. Please check it. It looks like this: {example}."
)
# Translators: Beijing, Shanghai, Tianjin or Chongqing was given as city; “{example}” is one of its districts.
DISTRICT = text(
    "problem.address.district",
    "{region} is region and city in one. Please give the district, for example {example}.",
)
# Translators: {example} is a postal code of {country}.
POSTAL_CODE = text(
    "problem.address.postal-code",
    "This is not a postal code of {country}. There it looks like this: {example}.",
)
# Translators: {code} is a postal code that belongs to another region than {region}.
OTHER_REGION = text(
    "problem.address.postal-code-region",
    "The postal code {code} is not used in {region}. Please check the code; you can also change the region.",
)
# Translators: {country} is Hong Kong or Macao.
NO_POSTAL_CODES = text(
    "remark.address.no-postal-codes", "There are no postal codes in {country}, so we leave this empty."
)


@cache
def asked_parts(country: str) -> Mapping[str, bool]:
    """Which parts of an address are asked in a country, and whether each is required."""
    own, known = ASKED.get(iso(country)), rules(iso(country))
    if own or not known:
        return dict(own or UNKNOWN_COUNTRY)
    asked = {
        part: name in known.required_fields for name, part in PARTS.items() if name in known.allowed_fields
    }
    return asked | {"line2": False}


def region_options(answers: Answers) -> tuple[Option, ...]:
    """The regions to choose from; none where a region is free text or not asked."""
    return tuple(_option(place) for place in places.regions(_country(answers)))


def check_region(raw: str, context: Context) -> Accepted | Problem:
    country = _country(context.answers)
    found = places.find_region(country, as_written(raw))
    # First: "NO" and "NA" are provinces of Italy.
    if len(found) == 1:
        return Accepted(_spelling(as_written(raw), found[0]), tuple(_reviewed(found[0])))
    line = _line(raw, "region", 80, context)
    if not isinstance(line, str):
        return line
    return _no_region(line, country, found) if places.regions(country) else _place_name(line)


def check_city(raw: str, context: Context) -> Accepted | Problem:
    line = _line(raw, "city", 80, context)
    if not isinstance(line, str):
        return line
    line = places.CITY_MARK.sub("", line)
    region = _region(context.answers)
    districts = places.cities(_country(context.answers), region.key) if region else ()
    if region is None or not districts:
        return _place_name(line)
    found = places.find(line, districts) or places.find(_after(region, line), districts)
    if len(found) == 1:
        return Accepted(_spelling(line, found[0]))
    return _no_city(line, region, found, districts)


def check_postal_code(raw: str, context: Context) -> Accepted | Problem:
    country = _country(context.answers)
    if country in WITHOUT_POSTAL_CODES:
        return Accepted(None, (NO_POSTAL_CODES.fill(country=Country(country)),))
    if (means_nothing(raw) or not plain(raw)) and not asked_parts(country).get("postal_code"):
        return Accepted(None)
    pattern, example = postal_code_form(country)
    written = next((form for form in _forms(raw, country) if re.fullmatch(pattern, form, re.ASCII)), None)
    if written is None:
        wrong = slip(raw, lambda typed: bool(re.fullmatch(pattern, typed, re.ASCII)))
        return wrong or Problem("postal-code", POSTAL_CODE.fill(country=Country(country), example=example))
    return _in_region(written, context.answers)


def check_line1(raw: str, context: Context) -> Accepted | Problem:
    line = _line(raw, "line1", 120, context)
    if not isinstance(line, str):
        return line
    if means_same(line):
        return problem("nothing-above")
    if POST_BOX.fullmatch(line):
        return Problem("post-box", NOT_A_BOX)
    if not letters_in(line):
        return problem("letters")
    if len(line) < 3:
        return problem("string_too_short", count=3 - len(line))
    return Accepted(line, tuple(_street_remarks(line, _country(context.answers))))


def check_line2(raw: str, context: Context) -> Accepted | Problem:
    line = _line(raw, "line2", 120, context)
    return Accepted(line) if isinstance(line, str) else line


def _country(answers: Answers) -> str:
    return iso(answers.get("legal_country") or "")


def _line(raw: str, part: str, limit: int, context: Context) -> str | Accepted | Problem:
    """One line as it was written; or why it is none, or that it is empty where it may be."""
    line = as_written(raw)
    if means_nothing(line) or not line:
        required = part == "line1" or asked_parts(_country(context.answers)).get(part, False)
        return problem("missing") if required else Accepted(None)
    if len(raw.strip().splitlines()) > 1:
        return problem("line-break")
    if len(line) > limit:
        return problem("string_too_long", count=len(line) - limit)
    if WEB.search(line) or MAIL.search(line):
        return problem("url-instead" if WEB.search(line) else "email-instead")
    return problem("string_unicode") if not is_readable(line) else line


def _place_name(line: str) -> Accepted | Problem:
    """A name that no list can confirm."""
    if not letters_in(line):
        return problem("letters")
    return mixed(line) or Accepted(line)


def _spelling(line: str, place: Place) -> str:
    """臺 stays where the register writes it; any other spelling gives way to the list's."""
    return line if line.replace("臺", "台") == place.stored else place.stored


def _reviewed(place: Place) -> Iterator[Text]:
    if place.stored in FOR_A_REVIEWER:
        yield REVIEWER_LOOKS.fill(region=place.name)


def _street_remarks(line: str, country: str) -> Iterator[Text]:
    if country not in WITHOUT_POSTAL_CODES and not any(sign.isdecimal() for sign in line):
        yield NO_NUMBER
    if country in STANDARDISED:
        yield STANDARD_FORM.fill(country=Country(country))


def _option(place: Place) -> Option:
    return Option(place.stored, HONG_KONG.get(place.key, REGION_NAME.fill(name=place.name)))


def _no_region(line: str, country: str, found: tuple[Place, ...]) -> Problem:
    if found:
        return _which(found)
    market = places.own_market(country, line)
    if market:
        return Problem("own-market", OWN_MARKET.fill(market=Country(market)))
    guesses = places.perhaps(country, line)
    if len(guesses) == 1:
        return Problem("perhaps", PERHAPS.fill(name=_option(guesses[0]).label), (_option(guesses[0]),))
    return Problem("region", NO_REGION.fill(country=Country(country)), tuple(map(_option, guesses)))


def _which(found: tuple[Place, ...]) -> Problem:
    options = tuple(map(_option, found))
    return Problem(
        "which", WHICH.fill(options=Listing(tuple(o.label for o in options), either=True)), options
    )


def _region(answers: Answers) -> Place | None:
    found = places.find_region(_country(answers), answers.get("address_region") or "")
    return found[0] if found else None


def _after(region: Place, line: str) -> str:
    """“北京市海淀区” names the region again, as addresses do."""
    return places.fold(line).removeprefix(places.fold(region.name))


def _no_city(line: str, region: Place, found: tuple[Place, ...], districts: tuple[Place, ...]) -> Problem:
    if found:
        return _which(found)
    guesses = tuple(meant(place.stored) for place in places.similar(line, districts))
    region_name, example = _option(region).label, districts[0].name
    if region.key in MUNICIPALITIES and places.find(line, (region,)):
        return Problem("district", DISTRICT.fill(region=region_name, example=example), guesses)
    return Problem("city", NO_CITY.fill(region=region_name, example=example), guesses)


def postal_code_form(country: str) -> tuple[str, str]:
    """The form of a country's postal codes, and an example."""
    known = rules(country)
    if country in POSTAL_CODES or not known or not known.postal_code_matchers:
        return POSTAL_CODES.get(country, ANY_POSTAL_CODE)
    return known.postal_code_matchers[0].pattern, known.postal_code_examples[0]


def _forms(raw: str, country: str) -> Iterator[str]:
    """A postal code as typed, and with the hyphen, space or country code that may stand or lack in it."""
    yield plain(raw).upper()
    bare = code(raw)
    yield bare
    yield from (f"{bare[:at]}{sign}{bare[at:]}" for sign in "- " for at in range(1, len(bare[:10])))
    yield bare.removeprefix(country)
    yield from (f"{country}{sign}{bare}" for sign in ("-", ""))


def _in_region(written: str, answers: Answers) -> Accepted | Problem:
    """Whether the first digits fit the region and the city, as far as the library knows them."""
    country, region = _country(answers), _region(answers)
    if region is None:
        return Accepted(written)
    districts = places.find(answers.get("address_city") or "", places.cities(country, region.key))
    known = rules(country, region.key, districts[0].key if districts else "")
    if all(re.match(matcher.pattern, written, re.ASCII) for matcher in known.postal_code_matchers[1:]):
        return Accepted(written)
    return Problem("postal-code-region", OTHER_REGION.fill(code=written, region=_option(region).label))
