"""What documents are made of: a project, or all of a unit's projects of one form."""

from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from msgspec import Struct

from generator.amounts import plain
from generator.domain.model import Project
from generator.domain.narrative import ATTACHMENTS
from generator.domain.results import ScoreSheet
from generator.findings import Place
from generator.rendering.context import build_context
from generator.rendering.draft import Blank, fill_blanks
from generator.rendering.flat_rows import FlatRows, flatten
from generator.scoring.rollup import UnitScore
from generator.scoring.scope import Scope


class Subject(Protocol):
    """What the documents of a project are printed from, besides its form."""

    @property
    def id(self) -> str:
        """Return 2020/unit/project."""

    @property
    def year(self) -> int:
        """Return 年度."""

    @property
    def unit(self) -> str:
        """Return the folder of its unit."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the files it was made from, relative to the root."""

    @property
    def names(self) -> Mapping[str, str]:
        """Return the values that may stand in the name of a file."""

    @property
    def result(self) -> Mapping[str, object]:
        """Return 总分 and 等级 as they are printed, for the manifest."""

    @property
    def has_report(self) -> bool:
        """Say whether it has a 报告."""

    @property
    def attachments(self) -> Place | None:
        """Return where its 附件 stand; None where there are none."""

    @property
    def context(self) -> dict[str, object]:
        """Return what a template may name."""


class Page(Struct, frozen=True):
    """What the documents of a project say, worked out: no data are needed to print it again."""

    id: str
    year: int
    unit: str
    inputs: tuple[str, ...]
    names: Mapping[str, str]
    result: Mapping[str, object]
    has_report: bool
    attachments: Place | None
    said: dict[str, object]  # what a template may name, tables column by column

    @property
    def context(self) -> dict[str, object]:
        """Return what a template may name."""
        return {
            name: one.to_rows() if isinstance(one, FlatRows) else one
            for name, one in self.said.items()
        }


class Document(Struct, frozen=True, dict=True):
    """A project ready to be printed, with the files it was made from."""

    project: Project
    sheet: ScoreSheet
    scope: Scope
    inputs: tuple[str, ...]
    unit: str
    blanks: tuple[Blank, ...] = ()  # of a draft

    @property
    def id(self) -> str:
        """Return 2020/unit/project."""
        return self.project.id

    @property
    def year(self) -> int:
        """Return 年度."""
        return self.project.year

    @property
    def names(self) -> dict[str, str]:
        """Return the values that may stand in the name of a file."""
        return {name: one for name, one in self.scope.names.items() if isinstance(one, str)}

    @property
    def has_report(self) -> bool:
        """Say whether it has a 报告."""
        return self.project.report is not None

    @property
    def attachments(self) -> Place | None:
        """Return where its 附件 stand; None where there are none."""
        project = self.project
        return project.place_of(("报告", ATTACHMENTS), key=True) if project.attachments else None

    @cached_property
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

    @property
    def page(self) -> Page | None:
        """Return what it says, once it has been printed."""
        if "context" not in self.__dict__:
            return None
        return Page(
            self.id,
            self.year,
            self.unit,
            self.inputs,
            self.names,
            self.result,
            self.has_report,
            self.attachments,
            {name: flatten(one) for name, one in self.context.items()},
        )


class Bound(Struct, frozen=True):
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
