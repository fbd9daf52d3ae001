"""The templates of our pages, all from one environment."""

from __future__ import annotations

import jinja2

TEMPLATES = jinja2.Environment(loader=jinja2.PackageLoader("bot.web"), autoescape=True)
