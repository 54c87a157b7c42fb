"""Every text that a clerk typed, with its path: what checks of wording and references read."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.checks.review import Review
from generator.domain.blocks import Block, Picture, Table
from generator.domain.fields import Field
from generator.domain.model import Passage, Path, Plain, Project
from generator.domain.narrative import ATTACHMENTS


class Text(Struct, frozen=True):
    """One text of the data."""

    path: Path
    text: str
    takes_references: bool = False  # filled in when it is printed
    is_value: bool = False  # a short value, no prose


def read_texts(review: Review) -> tuple[Text, ...]:
    """Return the texts of fields, 资金, goals, indicators and 报告 in the order of the form."""
    return review.once("texts", lambda: tuple(_texts(review.project)))


def read_whole(review: Review) -> str:
    """Return them as one: what does not stand in it stands in none of them."""
    return review.once("whole", lambda: "\x00".join(one.text for one in read_texts(review)))


def _texts(project: Project) -> Iterator[Text]:
    for field in project.form.fields:
        value = project.values.get(field.name)
        is_long = field.kind == "长文本"
        if isinstance(value, str):
            yield Text((field.name,), value, is_long, is_value=not is_long)
        elif field.items:
            yield from _members(field, value, (field.name,))
    yield from _fund_texts(project)
    for goals in project.goals.values():
        for goal in goals:
            yield Text((*goal.path, "目标"), goal.text)
    yield from _indicator_texts(project)
    for passage in project.report or ():
        yield from passage_texts(passage)
    yield from _block_texts(project.attachments, ("报告", ATTACHMENTS))


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first; of none, one that finds nothing."""
    found = sorted((word for word in words if word), key=len, reverse=True)
    return "|".join(re.escape(word) for word in found) or "(?!)"


def passage_texts(passage: Passage) -> Iterator[Text]:
    """Yield the texts under a heading, with their paths."""
    if passage.blocks:
        yield from _block_texts(passage.blocks, passage.path)
    elif passage.text:
        yield Text(passage.path, passage.text, takes_references=True)
    for below in passage.below:
        yield from passage_texts(below)


def _block_texts(blocks: tuple[Block, ...], path: Path) -> Iterator[Text]:
    """Yield the texts of a list: paragraphs, captions, heads and cells."""
    for index, block in enumerate(blocks):
        if isinstance(block, Picture):
            yield Text((*block.path, "题"), block.title, takes_references=True)
        elif isinstance(block, Table):
            yield from _table_texts(block)
        elif block:
            yield Text((*path, index), block, takes_references=True)


def _table_texts(table: Table) -> Iterator[Text]:
    yield Text((*table.path, "题"), table.title, takes_references=True)
    rows: list[tuple[Path, tuple[str, ...]]] = [(("列",), table.columns)]
    rows += [(("行", number), row) for number, row in enumerate(table.rows)]
    for key, row in rows:
        for column, cell in enumerate(row):
            if cell:
                path = (*table.path, *key, column)
                yield Text(path, cell, takes_references=True, is_value=True)


def _members(field: Field, value: Plain, path: Path) -> Iterator[Text]:
    """Yield the members of a 组, the cells of a 列表 or 表格."""
    rows: list[tuple[Path, Plain]] = [((), value)]
    if isinstance(value, list):
        rows = [((index,), row) for index, row in enumerate(value)]
    elif field.kind == "表格" and isinstance(value, dict):
        rows = [((name,), row) for name, row in value.items()]
    for key, row in rows:
        for item in field.items if isinstance(row, dict) else ():
            cell = row.get(item.name) if isinstance(row, dict) else None
            if isinstance(cell, str) and not item.is_number:
                is_value = item.kind != "长文本"
                yield Text((*path, *key, item.name), cell, takes_references=True, is_value=is_value)


def _fund_texts(project: Project) -> Iterator[Text]:
    funds = project.form.funds
    if funds is None:
        return
    for row in funds.rows:
        above: Path = ("资金",) if row.is_top else ("资金", row.name)
        for column in funds.columns:
            text = project.fund_texts.get(funds.cell_name(row, column), "")
            if column.is_text and text:
                yield Text((*above, column.name), text, takes_references=True)


def _indicator_texts(project: Project) -> Iterator[Text]:
    for row in project.indicators:
        for measure in (*row.measures, *row.details):
            path = measure.path
            yield Text((*path, "名称"), measure.name, False, True)
            yield Text((*path, "目标值"), measure.target, False, True)
            yield Text((*path, "完成值"), measure.actual, False, True)
            if measure.reason:
                yield Text((*path, "偏差原因"), measure.reason, takes_references=True)
        if row.is_shared and row.reason:
            yield Text((*row.path, "偏差原因"), row.reason, takes_references=True)
        if row.override_reason:
            yield Text((*row.path, "改分理由"), row.override_reason)
        for field in row.table.extra_fields:
            text, is_long = row.extra.get(field.name, ""), field.kind == "长文本"
            if text:
                yield Text((*row.path, field.name), text, is_long, is_value=not is_long)
