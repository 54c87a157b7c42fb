"""Read one YAML file as typed text with places; the only door to the C parser.

Events, not `load` nor `compose`: constructors change values silently (`010`, `600.00`, dates),
and the C composer recurses and expands aliases before anyone could refuse them.
"""

import pathlib
from collections.abc import Callable
from types import FunctionType
from typing import Any, Final

from generator.errors import UserError
from generator.findings import Finding, Place
from generator.reading.yaml_bytes import (
    SIZE_LIMIT,
    check_characters,
    decode,
    read_bytes,
    split_lines,
    too_large,
)
from generator.reading.yaml_faults import Fault, colon_faults, explain_fault
from generator.reading.yaml_lines import explain_colon, mend_colon, unshift
from generator.reading.yaml_nodes import Branch, Event, Mark, Node, Path_, Plain, Source
from generator.reading.yaml_rules import report
from generator.reading.yaml_scalars import ScalarChecks

try:
    from _ruamel_yaml import CParser
except ModuleNotFoundError as error:
    raise UserError(
        "缺少 YAML 的 C 解析库（ruamel.yaml.clib）",
        hint="请运行：pip install 'ruamel.yaml[oldlibyaml]'",
    ) from error
from ruamel.yaml import events
from ruamel.yaml.error import YAMLError

__all__ = ["DEPTH_LIMIT", "Path_", "Plain", "Source", "is_c_parser", "parse_yaml", "read_yaml"]
# Untyped on purpose: the parser's classes do not declare the attributes they have.
_SCALAR: Final[Any] = events.ScalarEvent
_MAPPING: Final[Any] = events.MappingStartEvent
_MAPPING_END: Final[Any] = events.MappingEndEvent
_SEQUENCE: Final[Any] = events.SequenceStartEvent
_SEQUENCE_END: Final[Any] = events.SequenceEndEvent
_DOCUMENT: Final[Any] = events.DocumentStartEvent
_STREAM_END: Final[Any] = events.StreamEndEvent
DEPTH_LIMIT: Final = 40
_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
_ROUNDS: Final = 50  # wrong colons mended one parse after another, to report them all


def is_c_parser() -> bool:
    """Say whether parsing is compiled: ruamel.yaml alone would parse in Python, silently slow."""
    return not isinstance(CParser.get_event, FunctionType)


def read_yaml(path: pathlib.Path, *, file: str) -> Source:
    """Read a file; whatever is wrong with it is in the findings."""
    blob = read_bytes(path, file=file)
    if isinstance(blob, Finding):
        return Source(file, "", None, (blob,))
    return parse_yaml(blob, file=file)


def parse_yaml(blob: bytes, *, file: str) -> Source:
    """Read a file's bytes, from disk or from a revision."""
    if len(blob) > SIZE_LIMIT:
        return Source(file, "", None, (too_large(len(blob), file=file),))
    text, findings = decode(blob, file=file)
    lines = split_lines(text)
    findings += check_characters(text, lines, file=file)
    if any(finding.is_blocking for finding in findings):
        return Source(file, text, None, findings, lines)
    walk, mended = _walk_mending(lines, file=file)
    found = list(dict.fromkeys((*findings, *mended, *walk.findings)))
    if not any(finding.is_blocking for finding in found):
        found += _check_root(walk.value, file=file)
    found.sort(key=lambda finding: (finding.place, finding.code))
    if mended or walk.is_stopped:
        return Source(file, text, None, tuple(found), lines)
    return Source(file, text, walk.value, tuple(found), lines, walk.root)


def _check_root(value: Plain, *, file: str) -> list[Finding]:
    """Require a mapping at the top."""
    if isinstance(value, dict):
        return []
    what = "文件里没有内容" if value is None else "整个文件读成了一段文字"
    if isinstance(value, list):
        what = "文件的最外层是列表"
    message = f"{what}，应为“键: 值”的映射"
    hint = "请参照同年度其他项目的文件，从“表式: …”开始，每行一个键。"
    return [report("Y114", Place(file, 1, 1), message, hint)]


def _walk_mending(lines: tuple[str, ...], *, file: str) -> tuple["_Walk", list[Finding]]:
    """Walk the file; after a wrong colon mend the line in memory and walk again, to see the rest.

    Returns the last walk and the findings of the mended lines. The work is bounded: no more
    characters are parsed again than the largest file has.
    """
    current = list(lines)
    mended: dict[int, Finding] = {}
    size = sum(map(len, lines)) + 1
    for _ in range(min(_ROUNDS, 1 + SIZE_LIMIT // size)):
        walk = _Walk(tuple(current), file=file)
        if walk.fault is None:
            break
        slips = colon_faults(walk.fault, walk.lines)
        slips = {at: match for at, match in slips.items() if at not in mended}
        if not slips:
            faults = explain_fault(walk.fault, walk.lines, file=file)
            told = {(fault.code, fault.place.line) for fault in faults}
            seen = (one for one in walk.findings if (one.code, one.place.line) not in told)
            walk.findings = [*seen, *faults]
            break
        for at, match in slips.items():
            mended[at] = explain_colon(match, at + 1, file=file)
            current[at] = mend_colon(current[at], match)
    walk.findings = [unshift(finding, lines, mended=current) for finding in walk.findings]
    return walk, list(mended.values())


class _TooDeep(Exception):
    """Unwinds the walk; the finding is already reported."""


class _Walk:
    """One pass over the event stream: plain values and nodes side by side, findings as it goes."""

    __slots__ = (
        "_checks",
        "_last",
        "_next",
        "fault",
        "file",
        "findings",
        "is_stopped",
        "lines",
        "root",
        "value",
    )

    def __init__(self, lines: tuple[str, ...], *, file: str) -> None:
        """Walk at once."""
        text = "\n".join(lines)
        self.file = file
        self.lines = lines
        self.value: Plain = None
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.fault: Fault | None = None
        self.is_stopped = False
        self._last: Event | None = None
        self._checks = ScalarChecks(text, lines, file=file, findings=self.findings)
        self._next: Callable[[], Any] = CParser(text).get_event
        try:
            self._read_stream()
        except YAMLError as error:
            self.is_stopped = True
            self.fault = self._fault(error)
        except _TooDeep:
            self.is_stopped = True

    def _read_stream(self) -> None:
        """Read one document and refuse a second."""
        self._next()
        start = self._next()
        if type(start) is _STREAM_END:
            return
        event = self._next()
        self._checks.check_document(start, event)
        if type(event) is _SCALAR:
            self._last = self.root = event
            self.value = event.value if event.style or event.value not in _NULLS else None
            self._checks.check_marks(event)
            self._checks.check_root(event)
        else:
            self.value, self.root = self._read_branch(event, 1)
        self._next()
        after = self._next()
        if type(after) is _DOCUMENT:
            self._checks.report_second(after)

    def _read_branch(self, start: Event, depth: int) -> tuple[Plain, Node]:
        """Read a mapping or a sequence; an alias is refused and reads as blank."""
        if self._checks.has_marks:
            self._checks.check_marks(start)
        if depth > DEPTH_LIMIT:
            self._checks.report_depth(start, DEPTH_LIMIT)
            raise _TooDeep
        if type(start) is _MAPPING:
            return self._read_mapping(start, depth)
        if type(start) is _SEQUENCE:
            return self._read_sequence(start, depth)
        return None, start

    def _read_mapping(self, start: Event, depth: int) -> tuple[Plain, Node]:
        """Read keys and values until the mapping ends; the first of two equal keys counts."""
        values: dict[str, Plain] = {}
        entries: dict[str, tuple[Event, Node]] = {}
        next_event, takes_any_key = self._next, not self._checks.looks_at_keys
        while True:
            key = next_event()
            kind = type(key)
            if kind is _MAPPING_END:
                return values, Branch(start, key, entries)
            if kind is _SCALAR and takes_any_key and key.value:
                self._last = key
                name: str | None = key.value
            else:
                name = self._read_key(key, start, depth)
            event = next_event()
            node: Node = event
            if type(event) is _SCALAR:
                value: Plain = self._read_scalar(event, key if kind is _SCALAR else None)
            else:
                value, node = self._read_branch(event, depth + 1)
            if name is None:
                continue
            if name in values:
                self._checks.report_duplicate(key, entries[name][0])
                continue
            values[name] = value
            entries[name] = key, node

    def _read_sequence(self, start: Event, depth: int) -> tuple[Plain, Node]:
        """Read items until the sequence ends."""
        values: list[Plain] = []
        nodes: list[Node] = []
        while True:
            event = self._next()
            if type(event) is _SEQUENCE_END:
                return values, Branch(start, event, nodes)
            node: Node = event
            if type(event) is _SCALAR:
                value: Plain = self._read_scalar(event, None)
            else:
                value, node = self._read_branch(event, depth + 1)
            nodes.append(node)
            values.append(value)

    def _read_key(self, key: Event, mapping: Event, depth: int) -> str | None:
        """Return the text of a key; None, with a finding, when it cannot be one."""
        if type(key) is not _SCALAR:
            self._checks.report_branch_key(key, mapping)
            self._read_branch(key, depth + 1)
            return None
        self._last = key
        return key.value if self._checks.check_key(key) else None

    def _read_scalar(self, event: Event, key: Event | None) -> str | None:
        """Return the text that was typed; None for a blank."""
        self._last = event
        text = event.value
        if self._checks.looks_at_values or not text or ":" in text or "：" in text:
            self._checks.check_value(event, key)
        return None if text in _NULLS and not event.style else text

    def _fault(self, error: YAMLError) -> Fault:
        """Take the parser's words and marks out of its exception."""
        end = len(self.lines) - 1
        problem: Mark | None = getattr(error, "problem_mark", None)
        context: Mark | None = getattr(error, "context_mark", None) or problem
        line = problem.line if problem else end
        last = self._last
        is_near = last is not None and not last.style and last.end_mark.line == line
        return Fault(
            problem=str(getattr(error, "problem", "") or ""),
            context=str(getattr(error, "context", "") or ""),
            line=line,
            column=problem.column if problem else 0,
            context_line=context.line if context else line,
            context_column=context.column if context else 0,
            text_line=last.start_mark.line if last is not None and is_near else line,
        )
