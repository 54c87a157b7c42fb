"""A diff for the terminal: plain lines that a section head reads from top to bottom."""

from collections.abc import Iterable, Iterator, Sequence

from generator.commands.diff_pairs import CHANGED, RENAMED, FileDiff, ProjectDiff
from generator.commands.diff_words import (
    HAPPENED,
    Titles,
    by_area,
    compare_remarks,
    cut,
    excerpt,
    head_line,
    line_number,
    say_effect,
    say_effects,
    say_finding,
    say_new,
    say_paragraph,
    say_piece,
    say_status,
    say_stopped,
    summarise,
    title_of,
    where_of,
    whole_files,
)
from generator.comparing.entries import Entry, Line
from generator.comparing.followers import Follower
from generator.comparing.projects import Comparison
from generator.comparing.remarks import Remarks
from generator.comparing.trees import Kind
from generator.comparing.values import UNFILLED
from generator.comparing.wording import Paragraph, Piece
from generator.domain.model import UNIT_FILE
from generator.findings import Finding

_RED, _GREEN, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"
_MOST_FOLLOWERS = 12
_MOST_SHOWN = 80  # characters of one value


class TextDiff:
    """Writes a diff as text."""

    def __init__(self, *, use_color: bool, shows_all: bool) -> None:
        """Keep how it is shown; a long list of what followed is cut unless all is asked for."""
        self._use_color = use_color
        self._shows_all = shows_all

    def report(
        self,
        titles: Titles,
        shared: Sequence[FileDiff],
        projects: Sequence[ProjectDiff],
        remarks: Remarks,
    ) -> str:
        """Return the whole text; `remarks` are those of no single project."""
        lines = [f"{titles.before} → {titles.after}：{head_line(titles, shared, projects)}"]
        for status, files in whole_files(shared):
            lines += ["", self._bold(f"── {status}共用的文件"), *(f"  {file}" for file in files)]
        for file in (one for one in shared if one.status == CHANGED):
            lines += ["", *self._shared(file)]
        if remarks:
            lines += ["", self._bold("── 表式和共用的文件"), *self._remarks(remarks, "")]
        for project in projects:
            lines += ["", *self._project(project)]
        return "".join(f"{line}\n" for line in lines)

    def _shared(self, one: FileDiff) -> Iterator[str]:
        shared = "（本单位各项目共用）" if one.file.endswith(UNIT_FILE) else ""
        yield self._bold(f"── {one.file}{shared}")
        yield from self._stopped(one.stopped)
        yield from self._entries(one.entries, one.file)
        if one.paragraphs:
            yield from (f"  {line}" for line in self._paragraphs(one.paragraphs))
        elif one.file.endswith(".docx"):
            yield "  文字没有变，只改了版式"

    def _project(self, one: ProjectDiff) -> Iterator[str]:
        name = f"{one.name}　" if one.name else ""
        status = f"　{say_status(one)}" if say_status(one) else ""
        yield self._bold(f"── {name}{one.file}{status}")
        if one.status == RENAMED:
            yield f"  原来的文件：{one.old_file}"
        yield from self._stopped(one.stopped)
        if one.side is not None:
            yield f"  {summarise(one.side, one.status)}"
        if one.comparison is not None:
            yield from self._comparison(one.comparison, one.file)

    def _stopped(self, stopped: Sequence[tuple[str, Finding]]) -> Iterator[str]:
        for when, finding in stopped:
            yield f"  {say_stopped(when, finding)}"

    def _comparison(self, found: Comparison, file: str) -> Iterator[str]:
        results = [effect for effect in found.results if say_effect(effect)]
        for effect in results:
            yield f"  {say_effect(effect)}"
        yield from self._entries(found.entries, file)
        yield from self._followers(found.followers)
        yield from self._remarks(found.remarks, file)

    def _entries(self, entries: Sequence[Entry], file: str) -> Iterator[str]:
        for area, own in by_area(entries):
            yield f" {area or '基本信息'}"
            for entry in own:
                yield from self._entry(entry, file)

    def _entry(self, entry: Entry, file: str) -> Iterator[str]:
        happened = HAPPENED[entry.kind]
        title = f"{happened} {title_of(entry.title)}" if happened else title_of(entry.title)
        effects = say_effects(entry.effects)
        only = entry.lines[0] if len(entry.lines) == 1 else None
        if only is not None and not only.name and not only.paragraphs:
            where = where_of(entry, file)
            yield f"  ◇ {title}：{self._change(only, entry.kind)}{_aside(where)}"
        else:
            yield f"  ◇ {title}{_aside(where_of(entry, file))}"
            for line in entry.lines:
                yield from (f"      {text}" for text in self._line(line, entry.kind))
        if effects:
            yield f"      ⇒ {effects}"

    def _line(self, line: Line, kind: Kind) -> Iterator[str]:
        name = f"{line.name}：" if line.name else ""
        if line.paragraphs:
            if line.name:
                yield name
            yield from self._paragraphs(line.paragraphs)
        else:
            yield f"{name}{self._change(line, kind)}"

    def _change(self, line: Line, kind: Kind) -> str:
        if line.before == line.after:
            return line.note
        before, after = cut(line.before, _MOST_SHOWN), cut(line.after, _MOST_SHOWN)
        if kind is Kind.ADDED:
            return self._green(after)
        if kind is Kind.REMOVED:
            return self._red(before)
        note = f"（{line.note}）" if line.note else ""
        return f"{self._red(before or UNFILLED)} → {self._green(after or UNFILLED)}{note}"

    def _paragraphs(self, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
        for paragraph in paragraphs:
            text = self._pieces(excerpt(paragraph.pieces))
            yield f"{say_paragraph(paragraph)}{text}"

    def _pieces(self, pieces: Iterable[Piece]) -> str:
        return "".join(say_piece(piece, self._green, self._red) for piece in pieces)

    def _followers(self, followers: Sequence[Follower]) -> Iterator[str]:
        if not followers:
            return
        yield " 随之改变"
        short = [one for one in followers if not one.paragraphs]
        shown = short if self._shows_all else short[:_MOST_FOLLOWERS]
        for one in shown:
            yield f"  · {one.name}：{one.before or '无'} → {one.after or '无'}"
        if len(shown) < len(short):
            yield f"  · 另有 {len(short) - len(shown)} 处（--verbose 看全部）"
        for one in (one for one in followers if one.paragraphs):
            yield f"  · {one.name}"
            yield from (f"      {line}" for line in self._paragraphs(one.paragraphs))

    def _remarks(self, remarks: Remarks, file: str) -> Iterator[str]:
        if not remarks:
            return
        yield " 核对"
        for name, finding in say_new(remarks):
            where = _aside(line_number(finding.place, file))
            yield f"  {self._red(name)} {say_finding(finding)}{where}"
        for old, new in remarks.altered:
            pieces = compare_remarks(old, new)
            text = self._pieces(pieces)
            yield f"  仍有　 {text}{_aside(line_number(new.place, file))}"
        for finding in remarks.gone:
            yield f"  {self._green('已没有')} {say_finding(finding)}"
        for finding in remarks.excused:
            yield f"  {self._red('改为豁免')} {say_finding(finding)}　理由：{finding.waived}"

    def _red(self, text: str) -> str:
        return f"{_RED}{text}{_PLAIN}" if self._use_color else text

    def _green(self, text: str) -> str:
        return f"{_GREEN}{text}{_PLAIN}" if self._use_color else text

    def _bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_PLAIN}" if self._use_color else text


def _aside(text: str) -> str:
    return f"　〔{text}〕" if text else ""
