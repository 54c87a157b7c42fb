"""What became of one project, or of a unit: a line of the table at the end of `report`."""

from collections.abc import Iterable, Iterator, Mapping
from operator import add
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import astuple

from generator.commands.report_pdf import has_pdf
from generator.findings import Finding, Place, Severity
from generator.rendering.documents import Written
from generator.rendering.draft import Blank
from generator.rendering.manifest import Entry

_KEEPS_DOCUMENTS = ("document-edited", "document-unwritable")


class Tally(Struct, frozen=True):
    """How much a line stands for."""

    projects: int = 0
    without: int = 0  # projects of which no document was made
    documents: int = 0
    changed: int = 0  # documents
    pdfs: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Return how much both stand for."""
        return Tally(*map(add, astuple(self), astuple(other)))


class Outcome(Struct):
    """One line of the final table."""

    project: str  # as it is shown
    owner: str  # as its documents name it: the project, or 2020/unit
    score: str = ""
    grade: str = ""
    findings: list[Finding] = field(default_factory=list)
    documents: list[Written] = field(default_factory=list)
    blanks: tuple[Blank, ...] = ()  # of a draft
    is_unit: bool = False  # 汇总 of a unit, which may have no document
    is_as_before: bool = False  # nothing was made; its own findings are those of the last run
    counts: Mapping[str, int] = field(default_factory=dict)  # of findings that are not listed
    told: tuple[Finding, ...] = ()  # by the last run, of what is as before

    @property
    def is_refused(self) -> bool:
        """Say whether no document was made, or not every one."""
        return any(finding.is_blocking for finding in self.findings)

    @property
    def tally(self) -> Tally:
        """Count what was made."""
        projects = int(not self.is_unit)
        return Tally(
            projects,
            without=projects if not self.documents else 0,
            documents=len(self.documents),
            changed=sum(document.is_changed for document in self.documents),
            pdfs=sum(has_pdf(document.entry) for document in self.documents),
        )

    def put_result(self, result: Mapping[str, object]) -> None:
        """Show 总分 and 等级 as the manifest has them."""
        self.score, self.grade = str(result["score"]), str(result["grade"])

    def take(self, found: Iterable[Written | Finding]) -> None:
        """Take what came of its documents."""
        for one in found:
            if isinstance(one, Finding):
                self.findings.append(one)
            else:
                self.documents.append(one)


class Standing(Struct):
    """A whole unit that is as the last run has left it: one line instead of all of its projects."""

    unit_id: str
    tally: Tally
    counts: Mapping[str, int]  # of findings that are not listed
    findings: list[Finding]  # the others
    told: tuple[Finding, ...] = ()  # by the last run
    is_as_before: bool = True
    is_refused: bool = False
    blanks: tuple[Blank, ...] = ()
    documents: tuple[Written, ...] = ()


Line = Outcome | Standing


def find_outdated(
    folder: Path, entries: Mapping[str, Entry], outcomes: Iterable[Outcome], *, is_whole: bool
) -> Iterator[tuple[Outcome | None, Finding]]:
    """Yield documents of a unit that an earlier run made and this one did not.

    Args:
        folder: Where the documents of the year stand.
        entries: What the manifest says of the unit.
        outcomes: What came of its projects in this run.
        is_whole: Whether all of them are there; else others' documents are left out.
    """
    owners: dict[str, Outcome] = {}
    kept: set[str] = set()  # owners whose documents somebody else's hand or a lock keeps
    written: set[str] = set()
    for outcome in outcomes:
        owners.setdefault(outcome.owner, outcome)
        written |= {document.path for document in outcome.documents}
        if any(finding.rule in _KEEPS_DOCUMENTS for finding in outcome.findings):
            kept.add(outcome.owner)
    for path, entry in entries.items():
        owner = str(entry.get("project"))
        is_asked = is_whole or owner in owners
        if not is_asked or owner in kept or path in written:
            continue
        file = folder / path
        if file.is_file():
            message = f"{file.as_posix()} 是以前生成的，这次没有重新生成"
            place, own = Place(file.as_posix()), owners.get(owner)
            is_refused = own is not None and own.is_refused
            hint = "更正错误以后会重新生成" if is_refused else "不再需要的请删去"
            yield (
                own,
                Finding("O605", "document-outdated", Severity.WARNING, place, message, hint=hint),
            )


def join_entries(
    folder: Path, entries: Mapping[str, Entry], outcomes: Iterable[Outcome], *, is_whole: bool
) -> Mapping[str, Entry]:
    """Return what the manifest says of a unit from now on; documents that are gone are forgotten.

    Of a run over a part of a unit the others' documents stay as they are.
    """
    made = {d.path: d.entry for outcome in outcomes for d in outcome.documents}
    before = {
        path: entry
        for path, entry in entries.items()
        if path not in made and (not is_whole or (folder / path).is_file())
    }
    return before | made
