"""What came of a run, project by project: told and added up as it is gone through."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from generator.commands.report_kept import Between
from generator.commands.report_outcome import Line, Standing, Tally
from generator.findings import Finding, Severity
from generator.reporters import A_PAGE, RuleTable, TextReporter, count, heading

_CANNOT_RUN = ("template-missing", "document-unwritable", "pdf-failed")


class Results:
    """The lines of a run in order, each with what was found between the documents of the year."""

    def __init__(self, lines: Iterable[Line], found: Between, heard: Between) -> None:
        """Begin with what was put away.

        Args:
            lines: Gone through as often as the results are.
            found: What this run has found between documents.
            heard: What the last run has found between them.
        """
        self._lines, self._found, self._heard = lines, found, heard
        self._units: dict[str, list[str]] = {}
        for project in found:
            self._units.setdefault(project.rpartition("/")[0], []).append(project)

    def __iter__(self) -> Iterator[Line]:
        """Yield them; findings between documents stop none."""
        for line in self._lines:
            for project in self._projects(line):
                line.findings += self._found.get(project, ())
                if line.is_as_before:
                    line.told += self._heard.get(project, ())
            yield line

    def _projects(self, line: Line) -> Sequence[str]:
        """Return the projects of which something may have been found."""
        if isinstance(line, Standing):
            return self._units.get(line.unit_id, ())
        return (line.project,)


def news_of(line: Line) -> list[Finding]:
    """Return what is listed of a line: of one that is as before, what was not said yet."""
    told = frozenset(line.told) if line.is_as_before else frozenset[Finding]()
    return [finding for finding in line.findings if finding not in told]


class Totals(Struct):
    """What is said of all of a run in the end."""

    tally: Tally = Tally()
    as_before: int = 0  # projects
    counts: Counter[str] = field(default_factory=Counter)  # of findings
    is_refused: bool = False
    cannot_run: bool = False  # a document could not be made, whatever the data say

    def add(self, line: Line, findings: Iterable[Finding]) -> None:
        """Add a line.

        Args:
            line: Of a project, or of a unit.
            findings: Those of it that were not counted yet.
        """
        tally = line.tally
        self.tally = self.tally.plus(tally)
        self.as_before += tally.projects if line.is_as_before else 0
        self.counts.update(line.counts)
        self.counts.update(count(findings))
        self.is_refused |= line.is_refused
        self.cannot_run |= any(finding.rule in _CANNOT_RUN for finding in line.findings)


class Once:
    """Lets each finding pass once; what is said of no single project comes with several."""

    def __init__(self) -> None:
        """Begin with none."""
        self._shared: set[Finding] = set()

    def new(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return those that have not passed yet."""
        found = [one for one in dict.fromkeys(findings) if one not in self._shared]
        self._shared |= {one for one in found if not one.project}
        return found


class Listing:
    """Tells findings as they come; notes and what is waived only where that is wanted."""

    def __init__(self, reporter: TextReporter, *, is_verbose: bool) -> None:
        """Begin with none told."""
        self._reporter, self._is_verbose = reporter, is_verbose
        self._once = Once()
        self._last = ""  # the project that was told of last
        self._told = 0
        self._table = RuleTable()

    def tell(self, findings: Iterable[Finding]) -> Iterator[str]:
        """Yield what is said of findings."""
        for finding in self._once.new(findings):
            is_told = not finding.waived and finding.severity is not Severity.NOTE
            if not (self._is_verbose or is_told):
                continue
            if finding.project and finding.project != self._last:
                yield f"{heading(finding.project)}\n"
            yield f"{self._reporter.one(finding)}\n"
            self._last = finding.project
            self._told += 1
            self._table.add((finding,))

    def close(self) -> Iterator[str]:
        """Yield a table of the rules when more than a page was told."""
        if self._told > A_PAGE:
            yield from (f"{line}\n" for line in self._table.lines())
