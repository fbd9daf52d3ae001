"""The business: the form, its rules, who may join and how; no channel, no database, no language."""
