"""The line that puts the assistant on another site: embed.js, and the page that shows it at work."""

from bot.web.widget.demo import DemoPage
from bot.web.widget.script import EmbedScript

__all__ = ["DemoPage", "EmbedScript"]
