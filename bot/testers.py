"""Who may use the tools for translators: those who are listed, and visitors who came with a signed link."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot.signing import Flaw, Signer

#: What the ids of visitors of our own page begin with.
VISITOR = "dl_"
#: In a signed id there are two; those of other visitors have none.
SIGN = "."


class Testers:
    """A link makes any number of testers, each with a signed id of their own, as long as it is valid."""

    def __init__(self, listed: Collection[str], secret: str, clock: Callable[[], datetime]) -> None:
        self._listed = frozenset(listed)
        self._links = Signer(secret, "tester's link", clock)
        self._ids = Signer(secret, "tester", clock)
        self._clock = clock

    def __contains__(self, user_id: object) -> bool:
        if user_id in self._listed:
            return True
        if not isinstance(user_id, str) or SIGN not in user_id or not user_id.startswith(VISITOR):
            return False
        return not isinstance(self._ids.read(user_id.removeprefix(VISITOR)), Flaw)

    def link(self, lifetime: timedelta) -> str:
        """What makes a tester of whoever brings it."""
        return self._links.sign({}, lifetime)

    def admit(self, link: str) -> str | None:
        """The user id of a new tester; None where the link is not ours or is too old."""
        claims = self._links.read(link)
        if isinstance(claims, Flaw):
            return None
        left = timedelta(seconds=claims["exp"] - self._clock().timestamp())
        return VISITOR + self._ids.sign({}, left)
