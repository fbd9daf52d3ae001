"""The door for web chat: Direct Line 3.0 over HTTP and WebSocket."""

from bot.channels.direct_line.routes import DirectLine

__all__ = ["DirectLine"]
