"""Making the documents of a unit: the same in this process, in another one, on another machine."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock

from msgspec import Struct, field
from msgspec.structs import replace

from generator.checks.between.ledger import Kept
from generator.commands.report_outcome import Outcome
from generator.commands.report_units import UnitWork, binds_unit
from generator.errors import UserError
from generator.freshness.digests import Digests
from generator.freshness.kept_values import pack, unpack
from generator.freshness.record import open_record
from generator.freshness.sources import program_id, shared_key
from generator.pipeline import ProjectResult, load_project, open_workbench
from generator.pipeline_known import KnownProject, KnownProjects
from generator.reading.discovery import DataFile
from generator.rendering.documents import Document, Renderer
from generator.rendering.draft import DraftScope, find_blanks
from generator.rendering.manifest import read_manifest
from generator.rendering.output import settle
from generator.rendering.subjects import Page
from generator.scoring.scope import build_scope

_ONE_AT_A_TIME = Lock()
_ROOM = 16 << 20  # bytes


class Order(Struct, frozen=True):
    """What all work of a run has in common."""

    root: Path
    folder: Path  # where the year's documents go
    program: str
    is_forced: bool = False
    is_draft: bool = False
    run: str = field(default_factory=lambda: os.urandom(8).hex())  # workers outlive a run


class UnitOrder(Struct, frozen=True):
    """Files of one unit whose documents are to be made."""

    unit_id: str  # 2020/unit
    files: tuple[DataFile, ...]
    is_whole: bool  # what belongs to the whole unit is made too
    taken: Mapping[str, str] = field(default_factory=dict)  # path of a document that stays → owner


class Made(Struct, frozen=True):
    """What came of one project, or of what belongs to the whole unit."""

    outcome: Outcome
    kept: Kept | None = None  # for the checks between documents, where nobody can look it up
    is_known: bool = False  # it can be looked up
    is_bound: bool = False  # its form does something for the whole unit


class Workshop:
    """Forms, templates and hashes, read once for all units of a run."""

    def __init__(self, order: Order, digests: Digests) -> None:
        """Begin with no form read and no template compiled."""
        _keep_freed_memory()
        key = shared_key(str(order.root), order.program, digests)
        self.bench = open_workbench(order.root, key=key)
        self.known = KnownProjects(self.bench, digests)
        self.renderer = Renderer(
            order.root,
            read_manifest(order.folder),
            digests=digests,
            program=order.program,
            is_forced=order.is_forced,
            is_draft=order.is_draft,
        )

    def make(
        self, order: UnitOrder, note: Callable[[DataFile], None] | None = None
    ) -> Iterator[Made]:
        """Yield the projects of a unit, then what the whole of it has: 汇总, 合订 documents."""
        for path, owner in order.taken.items():
            self.renderer.shelf.claim(path, owner)
        unit = UnitWork(order.unit_id)
        for file in order.files:
            if note is not None:
                note(file)
            known = None if self.renderer.is_draft else self.known.find(file)
            made = self._print_again(file, known) if known else None
            yield made or self._work_out(file, unit)
        for work in unit.by_form() if order.is_whole else ():
            outcome = Outcome(work.title, order.unit_id, work.score, work.total.grade, is_unit=True)
            if work.binds:
                outcome.take(self.renderer.render_bound(work.bound))
            yield Made(outcome)
        self.renderer.remember()

    def release(self, order: UnitOrder) -> None:
        """Let go what is only needed while a unit is worked on."""
        self.known.release(order.unit_id)
        name = order.unit_id.partition("/")[2]
        self.renderer.shelf.release(name)
        data = os.path.join(self.bench.root, f"data/{order.unit_id}")  # noqa: PTH118 - as listed
        for top in (data, f"{self.renderer.manifest.folder.as_posix()}/{name}"):
            deque(self.renderer.digests.release(top), maxlen=0)

    def _print_again(self, file: DataFile, known: KnownProject) -> Made | None:
        """Return what comes of a project whose data are as they were: its documents only."""
        page = unpack(known.page)
        package = self.bench.package(known.form_id)
        if not isinstance(page, Page) or package.form is None:
            return None
        if binds_unit(package.form, package.rubric):
            return None  # the whole unit needs its data
        outcome = Outcome(file.id, file.id, findings=list(known.findings))
        outcome.put_result(page.result)
        outcome.take(self.renderer.render_page(page, package.form, package.rubric))
        return Made(outcome, is_known=True)

    def _work_out(self, file: DataFile, unit: UnitWork) -> Made:
        """Return what comes of a project that is read, checked and scored."""
        result = load_project(self.bench, file, is_draft=self.renderer.is_draft)
        bound = unit.add(result)
        outcome, page = self._render(result)
        is_known = not self.renderer.is_draft and self.known.keep(
            file, result, pack(page) if page and not bound else b""
        )
        return Made(outcome, None if is_known else result.kept, is_known, bound)

    def _render(self, result: ProjectResult) -> tuple[Outcome, Page | None]:
        outcome = Outcome(result.file.id, result.file.id, findings=list(result.findings))
        project, sheet, scope = result.project, result.sheet, result.scope
        if project is None or sheet is None or scope is None:
            return outcome, None
        document = Document(project, sheet, scope, result.inputs, result.file.unit)
        outcome.put_result(document.result)
        if result.is_blocked and not self.renderer.is_draft:
            return outcome, None
        if self.renderer.is_draft:
            outcome.blanks = find_blanks(result.findings)
            scope = build_scope(project, sheet, DraftScope)
            document = replace(document, scope=scope, blanks=outcome.blanks)
        outcome.take(self.renderer.render(document))
        return outcome, document.page


def _keep_freed_memory() -> None:
    """Let the C library keep what one document frees for the next.

    glibc gives the system back what is free at the end of its memory, and gets it again page by
    page; how much it keeps follows the largest block that was freed. This one is never touched.
    """
    bytes(_ROOM)


def count_processors() -> int:
    """Return how many processes may work at once."""
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return free or 1


def make_unit(order: Order, unit: UnitOrder, *, is_far: bool = False) -> list[Made]:
    """Make a unit in a process that knows nothing of the run but what it is told.

    Args:
        order: What all work of the run has in common.
        unit: Whose files.
        is_far: On another machine, which has to see to it that what it wrote outlives it.

    Raises:
        UserError: The program there is another one, or the folders cannot be seen.
    """
    with _ONE_AT_A_TIME:  # a worker of a cluster may have several threads
        workshop = _workshop(order)
        made = list(workshop.make(unit))
        workshop.release(unit)
        if is_far:
            settle()
        return made


@lru_cache(maxsize=1)
def _workshop(order: Order) -> Workshop:
    digests = open_record(str(order.root), str(order.folder)).digests
    digests.begin()
    if program_id(digests) != order.program:
        hint = "各台机器装同一个版本的 ziping"
        raise UserError("执行的机器上是另一个版本的程序", hint=hint)
    return Workshop(order, digests)
