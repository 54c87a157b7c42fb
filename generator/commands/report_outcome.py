"""What became of one project, or of a unit: a line of the table at the end of `report`."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from generator.findings import Finding, Place, Severity
from generator.rendering.documents import Written
from generator.rendering.draft import Blank
from generator.rendering.manifest import Entry, Manifest

_KEEPS_DOCUMENTS = ("document-edited", "document-unwritable")


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

    @property
    def is_refused(self) -> bool:
        """Say whether no document was made, or not every one."""
        return any(finding.is_blocking for finding in self.findings)

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


def find_outdated(
    manifest: Manifest, outcomes: Iterable[Outcome], *, is_whole: bool
) -> Iterator[tuple[Outcome | None, Finding]]:
    """Yield documents on disk that an earlier run made and this one did not.

    Args:
        manifest: What earlier runs made.
        outcomes: What came of this run.
        is_whole: Whether it was over the whole year; else others' documents are left out.
    """
    owners: dict[str, Outcome] = {}
    kept: set[str] = set()  # owners whose documents somebody else's hand or a lock keeps
    written: set[str] = set()
    for outcome in outcomes:
        owners.setdefault(outcome.owner, outcome)
        written |= {document.path for document in outcome.documents}
        if any(finding.rule in _KEEPS_DOCUMENTS for finding in outcome.findings):
            kept.add(outcome.owner)
    for path, entry in manifest.documents.items():
        owner = str(entry.get("project"))
        is_asked = is_whole or owner in owners
        if not is_asked or owner in kept or path in written:
            continue
        file = manifest.folder / path
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
    manifest: Manifest, outcomes: Iterable[Outcome], *, is_whole: bool
) -> Mapping[str, Entry]:
    """Return what the manifest says from now on; a whole run forgets documents that are gone."""
    made = {d.path: d.entry for outcome in outcomes for d in outcome.documents}
    before = {
        path: entry
        for path, entry in manifest.documents.items()
        if path not in made and (not is_whole or (manifest.folder / path).is_file())
    }
    return before | made
