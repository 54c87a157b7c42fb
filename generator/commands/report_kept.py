"""What is remembered of a unit: its outcomes and notes count while all of its files are the same.

Only a run over a whole year remembers, and only units of which nothing was refused: what is
wrong is looked at again each time.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.checks.between.ledger import Kept
from generator.commands.report_outcome import Outcome
from generator.freshness.kept_values import keep_value, read_value
from generator.freshness.record import RunRecord
from generator.freshness.sources import join_digests, list_data, list_program, list_shared
from generator.rendering.documents import Renderer


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """What a run found of one unit: nothing of other units is in it."""

    outcomes: tuple[Outcome, ...]
    kept: tuple[Kept, ...]  # for the checks between documents
    last_year: tuple[Kept, ...]  # those of last year's files that were asked for


class Memory:
    """The units of one year, each in a file of its own."""

    def __init__(self, record: RunRecord, root: str, year: int) -> None:
        """Look at every file as it is now, before any is read."""
        self._folder, self._year, self._digests = record.folder, year, record.digests
        listed = [os.path.join(root, file) for file in list_data(root, year)]  # noqa: PTH118
        self._data = {path: self._digests.of(path) for path in listed}
        self._root = root
        shared = [os.path.join(root, file) for file in list_shared(root)]  # noqa: PTH118
        every = [*shared, *list_program()]
        self._shared = join_digests((path, self._digests.of(path)) for path in every)

    def key(self, unit: str) -> str:
        """Return a hash over every file that what is known of a unit depends on."""
        years = (self._year, self._year - 1)
        own = tuple(os.path.join(self._root, f"data/{year}/{unit}/") for year in years)  # noqa: PTH118
        files = (pair for pair in self._data.items() if pair[0].startswith(own))
        return join_digests([("", self._shared), *files])

    def find(self, unit_id: str, renderer: Renderer) -> KnownUnit | None:
        """Return what is known of a unit, when it holds and its documents stand as written."""
        unit = unit_id.rpartition("/")[2]
        known = read_value(self._path(unit), self.key(unit))
        if not isinstance(known, KnownUnit):
            return None
        for outcome in known.outcomes:
            if not all(renderer.keeps(one.path, outcome.owner) for one in outcome.documents):
                return None
        entries = renderer.manifest.documents
        for outcome in known.outcomes:
            outcome.documents = [
                replace(one, entry=dict(entries[one.path]), is_changed=False)
                for one in outcome.documents
            ]
        return known

    def keep(self, unit_id: str, outcomes: Iterable[Outcome], kept: Iterable[Kept]) -> None:
        """Keep a unit as it was found, before anything is said between documents."""
        found = tuple(kept)
        year = unit_id.partition("/")[0]
        own = tuple(one for one in found if one.id.partition("/")[0] == year)
        last = tuple(one for one in found if one.id.partition("/")[0] != year)
        unit = unit_id.rpartition("/")[2]
        keep_value(self._path(unit), self.key(unit), KnownUnit(tuple(outcomes), own, last))

    def _path(self, unit: str) -> str:
        return f"{self._folder}/units/{unit}"
