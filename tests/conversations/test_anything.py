"""Whatever is typed or pressed, in whatever order: no surprise, plain JSON, nobody else's data."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.application import NAMED
from bot.localization.locale import Locale
from tests.conversations.house import Clock, house
from tests.conversations.scripts import script_of, scripts
from tests.conversations.talking import TWENTY, Heard, Person, reach

SCRIPTS = scripts()
#: What the other person has typed: it must turn up nowhere else.
OTHERS = "Zyxwvut Confidential Holding"
PLACES = ("home", "phone")

names = st.sampled_from(
    [
        "press",
        "field",
        "value",
        "way",
        "at",
        "draft",
        "model",
        "region",
        "page",
        "name",
        "id",
        "locale",
        "yes",
    ]
)
CODES = re.findall(
    r"\S+",
    """
    answer keep skip later confirm insist why browse change command topic language way apply
    apply finder review consent leaving restarting assessment no-market already-direct
    send agree decline stay delete keep indirect note on mistake asia TW CN RU zh-TW direct-bill
    back cancel resume restart summary status find-out assess help where human hello bye
    """,
)
codes = st.sampled_from([*NAMED, *CODES])
leaves = st.one_of(codes, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text())
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
made_up = st.dictionaries(names, values, max_size=5) | st.fixed_dictionaries(
    {"press": codes},
    optional={"field": codes, "value": values, "name": values, "model": values, "yes": values},
)
huge = st.just({"press": "answer", "field": "legal_name", "value": "x" * 20_000}) | st.just(
    {"press": "x" * 20_000}
)
SAID = re.findall(
    r"[^|\n]+",
    """
|back|назад|跳过|稍後|cancel|отмена|resume|继续申请|restart|change|修改公司名称|change the e-mail|bye
|yes|нет|好|?|что это такое?|为什么|password: hunter2!|русский|English|send it|я согласен| |0|thanks|是|no
|am I eligible for direct bill|Which model suits me?|where am I|summary|status|help|哪种模式适合我？
    """,
)
words = st.sampled_from(SAID)
#: One message: what to do, and in which of the person's two conversations.
moves = st.tuples(
    st.one_of(
        st.tuples(st.just("press"), made_up),
        st.tuples(st.just("press"), huge),
        st.tuples(st.just("offered"), st.integers(0, 60)),
        st.tuples(st.just("stale"), st.integers(0, 400)),
        st.tuples(st.just("answer"), st.integers(0, len(SCRIPTS) - 1)),
        st.tuples(st.just("type"), words),
        st.tuples(st.just("type"), st.text(max_size=200)),
        st.tuples(st.just("wait"), st.integers(1, 100)),
    ),
    st.sampled_from(PLACES),
    st.sampled_from([*(locale.value for locale in Locale), "", "de", "x" * 50]),
    st.booleans(),
)


#: Where a walk begins: nowhere, or deep in a form.
BEGINNINGS = (
    None,
    ("indirect_russia", "registration_id"),
    ("indirect_hong_kong", "language"),
    ("direct_kazakhstan", "assessment"),
    ("direct_kazakhstan", "consent"),
)


async def walk(begins: tuple[str, str] | None, steps: list[Any], folder: Path) -> None:
    clock = Clock()
    async with house(folder, clock) as rooms:
        other = Person(rooms.conversation, Locale.EN, user="boris", place="test:boris", say_text=rooms.say)
        for said in TWENTY[:10]:
            await other.says(said)
        theirs = await other.says(OTHERS)
        assert theirs.answers["legal_name"] == OTHERS
        places = {
            name: Person(rooms.conversation, Locale.EN, place=f"test:{name}", say_text=rooms.say)
            for name in PLACES
        }
        heard: dict[str, Heard] = {}
        if begins is not None:
            heard["home"] = await reach(script_of(begins[0]), places["home"], begins[1])
        seen: list[dict[str, Any]] = [{"press": "apply", "model": "direct-bill"}]
        for (how, what), place, locale, shared in steps:
            if how == "wait":
                clock.pass_days(what)
                continue
            last = heard.get(place)
            now = await places[place].sends(
                **message(how, what, last, seen), locale=locale, shared=shared and how == "type"
            )
            heard[place] = now
            seen.extend(choice for choice in now.choices.values())
            assert orjson.dumps(now.stored.state)
            assert now.stored.replies, (how, what)
            assert OTHERS not in repr(now.stored.replies) + " ".join(now.texts)
            assert "hunter2" not in repr(now.stored.state)
        mine = [each for each in await rooms.store.applications() if each.user_id == "boris"]
        assert mine == []


def message(how: str, what: Any, last: Heard | None, seen: list[dict[str, Any]]) -> dict[str, Any]:
    if how == "press":
        return {"pressed": what}
    if how == "stale":
        return {"pressed": seen[what % len(seen)]}
    if how == "offered" and last is not None and last.choices:
        offered = list(last.choices.values())
        return {"pressed": offered[what % len(offered)]}
    if how == "answer" and last is not None and last.field in SCRIPTS[what].answers:
        return {"text": SCRIPTS[what].says(str(last.field), last.stored.locale)}
    return {"text": what if isinstance(what, str) else "42"}


@settings(max_examples=40)
@given(st.sampled_from(BEGINNINGS), st.lists(moves, min_size=5, max_size=40))
def test_no_walk_through_the_conversation_ends_in_a_surprise(
    begins: tuple[str, str] | None, steps: list[Any]
) -> None:
    """A9, B8: two conversations of one person, typed junk, presses old, made up, huge and nested."""
    with TemporaryDirectory() as folder:
        asyncio.run(walk(begins, steps, Path(folder)))
