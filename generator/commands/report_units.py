"""What belongs to a whole unit: 汇总 over its projects, and its 合订 documents."""

from collections.abc import Iterator

from msgspec import Struct, field

from generator.amounts import plain
from generator.domain.forms import Form
from generator.domain.rubrics import Rubric
from generator.pipeline import ProjectResult
from generator.rendering.documents import Bound, Document
from generator.scoring.rollup import UnitScore, roll_up


def binds_unit(form: Form, rubric: Rubric | None) -> bool:
    """Say whether a form does anything for a whole unit: 汇总 or a 合订 document."""
    rolls_up = rubric is not None and rubric.rollup is not None
    return rolls_up or any(document.binds for document in form.documents)


class UnitWork(Struct):
    """The projects of the unit that is being worked on; earlier units are let go."""

    unit_id: str  # 2020/unit
    results: list[ProjectResult] = field(default_factory=list)

    def add(self, result: ProjectResult) -> bool:
        """Keep a project, when its form does anything for the whole unit; say whether it does."""
        project = result.project
        if project is None or not binds_unit(project.form, project.rubric):
            return False
        self.results.append(result)
        return True

    def by_form(self) -> Iterator["FormWork"]:
        """Yield the unit's projects form by form, in the order of their files."""
        forms: dict[str, list[ProjectResult]] = {}
        for result in self.results:
            if result.project is not None:
                forms.setdefault(result.project.form.id, []).append(result)
        for results in forms.values():
            yield FormWork(self.unit_id, tuple(results))


class FormWork(Struct, frozen=True):
    """A unit's projects of one form."""

    unit_id: str
    results: tuple[ProjectResult, ...]

    @property
    def title(self) -> str:
        """Name it in the final table."""
        project = self.results[0].project
        return f"{self.unit_id}（{project.form.title if project else ''} 汇总）"

    @property
    def total(self) -> UnitScore:
        """Return the unit's score."""
        sheets = [result.sheet for result in self.results if result.sheet is not None]
        rubric = self.results[0].project.rubric if self.results[0].project else None
        return roll_up(rubric, sheets) if rubric else UnitScore(len(sheets), None, "")

    @property
    def score(self) -> str:
        """Return the unit's score as text; blank while there is none."""
        score = self.total.score
        return plain(score) if score is not None else ""

    @property
    def binds(self) -> bool:
        """Say whether the form has a 合订 document."""
        project = self.results[0].project
        return project is not None and any(d.binds for d in project.form.documents)

    @property
    def bound(self) -> Bound:
        """Return the projects for the 合订 documents of their form."""
        documents = tuple(
            Document(r.project, r.sheet, r.scope, r.inputs, self.unit_id.rpartition("/")[2])
            for r in self.results
            if r.project is not None and r.sheet is not None and r.scope is not None
        )
        missing = tuple(r.file.id.partition("/")[2] for r in self.results if r.is_blocked)
        return Bound(self.unit_id, documents, missing, self.total)
