"""The languages: how one is chosen, and how a Text is spoken in it."""
