"""What somebody has read and found right: the sections behind a topic, as they stood on that day."""

from __future__ import annotations

import datetime
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.knowledge.sources import Translation
from bot.localization.locale import Locale

#: Kept with the answers, because it is their history.
FILE = Path(__file__).parents[1] / "reviews.json"


class Review(BaseModel):
    """A section in one language at its last review."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reviewed: datetime.date
    #: Nothing more is told of a section that the language did not have.
    digest: str | None = None
    date: datetime.date | None = None
    translation: Translation | None = None
    version: str = ""
    #: "number 12", "date 2020-10-27": for telling later what has come and gone.
    facts: tuple[str, ...] = ()
    #: The findings that were seen and let stand.
    known: frozenset[str] = frozenset()


#: By topic, section ("page#anchor") and language.
Reviews = dict[str, dict[str, dict[Locale, Review]]]
_REVIEWS = TypeAdapter(Reviews)


class UnreadableReviews(ValueError):
    """The file does not hold reviews. Says which, and what is wrong."""


def load(path: Path) -> Reviews:
    """The reviews so far; none where there is no file yet."""
    try:
        return _REVIEWS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except ValidationError as wrong:
        fault = wrong.errors()[0]
        where = " / ".join(map(str, fault["loc"]))
        raise UnreadableReviews(f"{path}: {where or 'the file'}: {fault['msg']}") from wrong


def save(path: Path, reviews: Reviews) -> None:
    """Writes all of it or nothing, each time in the same order."""
    content = _REVIEWS.dump_python(reviews, mode="json", exclude_defaults=True)
    for sections in content.values():
        for languages in sections.values():
            for review in languages.values():
                if "known" in review:
                    review["known"] = sorted(review["known"])
    whole = orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(whole)
    new.replace(path)
