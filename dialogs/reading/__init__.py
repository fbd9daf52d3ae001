"""What a typed message means: pure functions over what people type, without the SDK's recognizers."""

from dialogs.reading.commands import Command
from dialogs.reading.reader import Reader
from dialogs.reading.yes_no import Answer

__all__ = ["Answer", "Command", "Reader"]
