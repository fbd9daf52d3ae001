"""The SDK's dialogs, without what its other parts bring along.

`botbuilder.dialogs` imports its prompts, and these import recognizers of numbers and dates in a dozen
cultures; `botbuilder.core` imports its adapters, and these a client of the connector with an HTTP stack of
its own: 600 modules, 30 MB and a quarter of a second at every start, for classes that nobody here uses.
There is no part of either package that can be imported without them, so while they are imported those names
lead nowhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_UNUSED = (
    *("recognizers_text", "recognizers_number", "recognizers_choice", "recognizers_date_time"),
    *("botframework", "requests", "requests_oauthlib", "oauthlib", "urllib3", "azure", "jsonpickle"),
)


class _Nowhere(ModuleType):
    """Stands in for a module that is imported from, and for a class in it that is derived from."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nowhere(f"{self.__name__}.{name}")

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        return ()


class _Finder(MetaPathFinder, Loader):
    """Finds a `_Nowhere` for every module of these packages."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        self._packages = packages

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        ours = fullname.partition(".")[0] in self._packages
        return ModuleSpec(fullname, self, is_package=True) if ours else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Nowhere(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


@contextmanager
def _without(packages: tuple[str, ...]) -> Iterator[None]:
    """Whoever imports these packages afterwards gets the real ones."""
    finder = _Finder(tuple(name for name in packages if name not in sys.modules))
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name, module in sys.modules.items() if isinstance(module, _Nowhere)]:
            del sys.modules[name]


with _without(_UNUSED):
    from botbuilder.core import BotAdapter, TurnContext
    from botbuilder.dialogs import (
        Dialog,
        DialogContext,
        DialogInstance,
        DialogReason,
        DialogSet,
        DialogState,
        DialogTurnResult,
        WaterfallDialog,
        WaterfallStepContext,
    )
    from botbuilder.dialogs.memory import DialogStateManagerConfiguration
    from botbuilder.schema import Activity, ActivityTypes

__all__ = [
    "Activity",
    "ActivityTypes",
    "BotAdapter",
    "Dialog",
    "DialogContext",
    "DialogInstance",
    "DialogReason",
    "DialogSet",
    "DialogState",
    "DialogStateManagerConfiguration",
    "DialogTurnResult",
    "TurnContext",
    "WaterfallDialog",
    "WaterfallStepContext",
]
