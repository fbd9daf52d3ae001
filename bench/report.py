"""The figures as a table, beside the stock shape, the bare server and the goals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.driver import Measured

STOCK, BARE = "stock shape, in memory", "bare server"

HEAD = (
    f"{'':34}{'users':>6}{'turns/s':>9}{'p50 ms':>8}{'p99 ms':>8}{'CPU ms':>8}{'MB':>6}"
    f"{'x stock':>9}{'of bare':>9}"
)


@dataclass
class Results:
    """Everything one run found out."""

    turns: int = 0
    load: dict[str, list[Measured]] = field(default_factory=dict)
    #: Further figures by what they say, with their goal.
    figures: list[tuple[str, float, str, float | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def at(self, name: str, users: int) -> Measured | None:
        return next((found for found in self.load.get(name, ()) if found.users == users), None)

    def as_json(self) -> dict[str, Any]:
        load = {
            name: [
                {
                    **{
                        key: value
                        for key, value in asdict(found).items()
                        if key not in ("latencies", "counting")
                    },
                    "rate": found.rate,
                    "p50": found.percentile(0.5),
                    "p99": found.percentile(0.99),
                    "cpu_ms_per_turn": found.cpu_per_turn,
                }
                for found in rows
            ]
            for name, rows in self.load.items()
        }
        figures = [
            {"what": what, "value": value, "unit": unit, "goal": goal}
            for what, value, unit, goal in self.figures
        ]
        return {"turns": self.turns, "load": load, "figures": figures, "notes": self.notes}

    def lines(self) -> Iterator[str]:
        yield f"A form of {self.turns} turns; server on one core, driver on another. MB: resident afterwards."
        yield HEAD
        for name, rows in self.load.items():
            for found in rows:
                yield self._row(name, found)
        yield ""
        for what, value, unit, goal in self.figures:
            yield f"{what:78}{value:>10.2f} {unit:8}" + (f"(goal: {goal:g})" if goal is not None else "")
        yield from self.notes

    def _row(self, name: str, found: Measured) -> str:
        ratios = "".join(
            f"{found.rate / other.rate:>9.2f}" if (other := self.at(against, found.users)) else f"{'':>9}"
            for against in (STOCK, BARE)
        )
        row = (
            f"{name:34}{found.users:>6}{found.rate:>9.0f}{found.percentile(0.5):>8.1f}"
            f"{found.percentile(0.99):>8.1f}{found.cpu_per_turn:>8.2f}{found.memory:>6.0f}{ratios}"
        )
        return row + "".join(f"  ! {remark}" for remark in remarks(found))


def remarks(found: Measured) -> Iterator[str]:
    """What makes a figure doubtful."""
    if found.errors:
        yield f"{len(found.errors)} errors, the first: {found.errors[0]}"
    if found.driver_bound:
        yield f"the driver was busy ({found.driver:.0%}): this is its own limit"
    if found.others > 0.1:
        yield f"others used {found.others:.0%} of the server's core"
