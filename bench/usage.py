"""What runs cost, and how the costs of two compare: the median of ratios taken round by round."""

import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass


class NoResultError(Exception):
    """A run that failed, or that did not do what it is measured by."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run cost; a peak of 0 was not measured."""

    cpu: float  # seconds, user and system, of the process and its children
    wall: float  # seconds
    peak: float = 0  # MiB, of the largest process

    def of(self, what: str) -> float:
        """Return one of the costs by its name."""
        return {"cpu": self.cpu, "wall": self.wall, "peak": self.peak}[what]


@dataclass(frozen=True, slots=True)
class Measured:
    """The runs of a part by name, in the order of their rounds, and what could not be measured."""

    runs: Mapping[str, list[Usage]]
    failures: Mapping[str, str]  # name → why

    def ratio(self, name: str, base: str, what: str) -> float | None:
        """Return how many times as much a run costs as the base, or None when not measured."""
        ratios = self.ratios(name, base, what)
        return statistics.median(ratios) if ratios else None

    def ratios(self, name: str, base: str, what: str) -> list[float]:
        """Return the ratio to the base in each round."""
        pairs = zip(self.runs[name], self.runs[base], strict=True)
        costs = [(one.of(what), other.of(what)) for one, other in pairs]
        return [cost / least for cost, least in costs if cost and least]

    def median(self, name: str, what: str) -> float:
        """Return the median of a cost itself, which means something on this machine only."""
        return statistics.median(one.of(what) for one in self.runs[name])


def interleave(actions: Mapping[str, Callable[[], Usage]], rounds: int) -> Measured:
    """Run all actions once a round, every other round backwards.

    So a machine that slows down or warms up does so for all of them. What fails is left out.
    """
    runs: dict[str, list[Usage]] = {name: [] for name in actions}
    failures: dict[str, str] = {}
    for number in range(rounds):
        names = list(actions)[:: -1 if number % 2 else 1]
        for name in names:
            if name not in failures:
                _show(f"第 {number + 1}/{rounds} 轮：{name}")
                try:
                    runs[name].append(actions[name]())
                except NoResultError as fault:
                    failures[name] = str(fault)
                    del runs[name]
    _show("")
    return Measured(runs, failures)


def _show(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()
