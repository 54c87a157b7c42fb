"""What documents are made of: a project, or all of a unit's projects of one form."""

from dataclasses import dataclass

from generator.amounts import plain
from generator.domain.model import Project
from generator.domain.results import ScoreSheet
from generator.rendering.context import build_context
from generator.rendering.draft import Blank, fill_blanks
from generator.scoring.rollup import UnitScore
from generator.scoring.scope import Scope


@dataclass(frozen=True, slots=True)
class Document:
    """A project ready to be printed, with the files it was made from."""

    project: Project
    sheet: ScoreSheet
    scope: Scope
    inputs: tuple[str, ...]
    unit: str
    blanks: tuple[Blank, ...] = ()  # of a draft

    @property
    def context(self) -> dict[str, object]:
        """Return what a template may name, in a draft with the blanks marked."""
        context = build_context(self.project, self.sheet, self.scope)
        fill_blanks(context, self.blanks, self.project.form.funds)
        return context

    @property
    def result(self) -> dict[str, object]:
        """Return 总分 and 等级 as they are printed, for the manifest."""
        results = self.scope.names.get("结果")
        shown = results if isinstance(results, dict) else {}
        return {"score": shown.get("总分", ""), "grade": shown.get("等级", "")}


@dataclass(frozen=True, slots=True)
class Bound:
    """All of a unit's projects of one form, for its 合订 documents."""

    unit_id: str  # 2020/unit
    documents: tuple[Document, ...]
    missing: tuple[str, ...]  # projects whose errors keep them out
    total: UnitScore

    @property
    def context(self) -> dict[str, object]:
        """Return what a template of a 合订 document may name."""
        whole = self.total
        return {
            "年度": str(self.documents[0].project.year),
            "单位": self.documents[0].unit,
            "表名": self.documents[0].project.form.title,
            "备注": list(self.documents[0].project.form.notes),
            "各项目": [document.context for document in self.documents],
            "汇总": {"项目数": str(whole.count), **self._score},
        }

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the files of all its projects."""
        return tuple({name for document in self.documents for name in document.inputs})

    @property
    def result(self) -> dict[str, object]:
        """Return the unit's score and grade, for the manifest."""
        score = self.total.score
        return {"score": plain(score) if score is not None else "", "grade": self.total.grade}

    @property
    def _score(self) -> dict[str, object]:
        """Return 总分 and 等级 of the unit, where the rubric rolls up."""
        rubric, score = self.documents[0].project.rubric, self.total.score
        if rubric is None or rubric.rollup is None:
            return {}
        return {"总分": plain(score) if score is not None else "", "等级": self.total.grade}
