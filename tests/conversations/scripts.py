"""The scripted conversations, which the gallery shows as well."""

from bot.cli.gallery.scripts import LONGEST as LONGEST
from bot.cli.gallery.scripts import Script as Script
from bot.cli.gallery.scripts import said_in as said_in
from bot.cli.gallery.scripts import script_of as script_of
from bot.cli.gallery.scripts import scripts as scripts
