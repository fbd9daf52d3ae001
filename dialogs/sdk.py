"""The SDK's dialogs, without the recognizers that its prompts bring along.

`botbuilder.dialogs` imports its prompts and these import recognizers of numbers and dates in a dozen
cultures: 300 modules, 20 MB and a tenth of a second at every start, for classes that nobody here uses. There
is no part of the package that can be imported without them, so while it is imported their names lead nowhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_RECOGNIZERS = ("recognizers_text", "recognizers_number", "recognizers_choice", "recognizers_date_time")


class _Nowhere(ModuleType):
    """Stands in for a module that is imported from and never used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nowhere(f"{self.__name__}.{name}")


@contextmanager
def _without(names: tuple[str, ...]) -> Iterator[None]:
    """Whoever imports these modules afterwards gets the real ones."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update({name: _Nowhere(name) for name in absent})
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with _without(_RECOGNIZERS):
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
