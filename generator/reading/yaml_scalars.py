"""What the walk over a YAML file looks at in passing: keys, unquoted texts, anchors, documents."""

from typing import Final

from msgspec.structs import replace

from generator.findings import Finding, Place
from generator.reading.yaml_faults import explain_template
from generator.reading.yaml_lines import (
    comment_cuts,
    explain_colon,
    explain_cut,
    find_colon,
    has_unseen,
    hidden_colons,
    key_characters,
    unseen_item,
)
from generator.reading.yaml_nodes import Event
from generator.reading.yaml_rules import excerpt, report

_DROP: Final = "如果是正文，请给整个值加引号；否则请删去它，把内容直接写在用到的地方。"


class ScalarChecks:
    """The checks of one walk; what the file cannot hold is found out once and not looked for."""

    __slots__ = (
        "_cuts",
        "_file",
        "_findings",
        "_has_unseen",
        "_lines",
        "has_marks",
        "looks_at_keys",
        "looks_at_values",
    )

    def __init__(
        self, text: str, lines: tuple[str, ...], *, file: str, findings: list[Finding]
    ) -> None:
        """Look once over the whole text; findings are appended to the walk's list."""
        self._lines = lines
        self._file = file
        self._findings = findings
        self._cuts = comment_cuts(text)
        self._has_unseen = has_unseen(text)
        self.has_marks = "&" in text or "*" in text or "!" in text
        self.looks_at_keys = self.has_marks or self._has_unseen or "<<" in text
        self.looks_at_values = self.has_marks or self._has_unseen or bool(self._cuts)

    def check_value(self, event: Event, key: Event | None) -> None:
        """Look at a value, if there can be anything: an empty one, one with a colon, any at all."""
        if self.has_marks:
            self.check_marks(event)
        if not event.style:
            self._check_plain(event, key)

    def _check_plain(self, event: Event, key: Event | None) -> None:
        """Look for what an unquoted value swallowed or lost; `key` is None for an item."""
        start, end, text = event.start_mark, event.end_mark, event.value
        if self._cuts and end.index in self._cuts:
            self._report_cut(event)
        if not text and key is not None and key.end_mark.index == start.index:
            self._check_flow_key(key)
        if self._has_unseen:
            self._add(unseen_item(text, start.line + 1, file=self._file, column=start.column + 1))
        if "：" not in text and ":" not in text:
            return
        is_below = key is not None and start.line != key.end_mark.line
        if is_below or start.line != end.line:
            self._findings += hidden_colons(
                self._fragments(event),
                first_line=start.line + 1,
                first_column=start.column + 1,
                is_first_counted=key is None or is_below,
                file=self._file,
            )

    def check_key(self, key: Event) -> bool:
        """Report what is wrong with a key; say whether it can be one at all."""
        if self.has_marks:
            self.check_marks(key)
        if not key.value:
            hint = "请在冒号前面写上键名。"
            self._findings.append(report("Y115", self._place(key), "冒号前面没有键名", hint))
            return False
        if key.value == "<<" and not key.style:
            message = "键「<<」是合并标记；数据文件不使用合并"
            self._findings.append(report("Y106", self._place(key), message, _DROP))
            return False
        if self._has_unseen:
            self._add(key_characters(key.value, self._place(key)))
        return True

    def check_marks(self, event: Event) -> None:
        """Refuse anchors, aliases and tags: a value means what is written in its own place."""
        tag = getattr(event, "tag", None)
        if event.anchor is None and tag is None:
            return
        typed = self._lines[event.start_mark.line][event.start_mark.column :].split(maxsplit=1)[0]
        kinds = {"&": "锚点", "*": "引用", "!": "类型标记"}
        kind = kinds.get(typed[0], "标记")
        place = replace(self._place(event), length=len(typed))
        message = f"「{excerpt(typed)}」是{kind}；数据文件不使用{kind}"
        self._findings.append(report("Y106", place, message, _DROP))

    def check_root(self, event: Event) -> None:
        """A file of `key：value` lines alone loads as one text: name each line."""
        if event.style:
            return
        for at in range(event.start_mark.line, event.end_mark.line + 1):
            match = find_colon(self._lines[at]) if at < len(self._lines) else None
            if match:
                self._findings.append(explain_colon(match, at + 1, file=self._file))

    def check_document(self, start: Event, event: Event) -> None:
        """Take a lonely `---` before the data, nothing else."""
        line = start.end_mark.line
        if start.version is not None or start.tags:
            message = "文件开头有 YAML 指令（% 开头的行）；数据文件不使用指令"
            place = Place(self._file, start.start_mark.line + 1, 1)
            self._findings.append(report("Y107", place, message, "请删去这一行。"))
        rest = self._lines[line][3:].split("#")[0].strip() if start.explicit else ""
        if rest and event.start_mark.line == line:
            message = f"「---」后面同一行还有内容「{excerpt(rest)}」"
            place = Place(self._file, line + 1, 1, 3)
            self._findings.append(
                report("Y107", place, message, "请删去「---」，或把内容移到下一行。")
            )

    def report_second(self, start: Event) -> None:
        """Refuse a second document."""
        place = Place(self._file, start.start_mark.line + 1, 1, 3)
        message = f"第 {place.line} 行的「---」开始了第二份文档；一个文件只能有一份"
        hint = "请删去这一行；如果是另一个项目，请另存为一个文件。"
        self._findings.append(report("Y107", place, message, hint))

    def report_depth(self, event: Event, limit: int) -> None:
        """Refuse what is nested too deep."""
        message = f"从这里起嵌套超过 {limit} 层，没有读下去"
        hint = "表式最多用到十几层；请核对括号和缩进是否写错。"
        self._findings.append(report("Y108", replace(self._place(event), length=1), message, hint))

    def report_duplicate(self, key: Event, before: Event) -> None:
        """Name both lines of a key that stands twice in one mapping."""
        first = before.start_mark.line + 1
        place = self._place(key)
        message = f"键「{excerpt(key.value)}」重复：第 {first} 行已有，第 {place.line} 行又写了一次"
        hint = "同一级里每个键只能写一次；请删去一处，或改正写错的键名。"
        self._findings.append(report("Y105", place, message, hint))

    def report_branch_key(self, key: Event, mapping: Event) -> None:
        """Say why a mapping or a list cannot be a key; mostly it is `{{ … }}` without quotes."""
        if not hasattr(key, "flow_style"):  # an alias, reported as such
            return
        mark = mapping.start_mark
        last = self._findings[-1] if self._findings else None
        if last and last.code == "Y115" and last.place.line == mark.line + 1:
            return  # `{{{{` once
        rest = self._lines[mark.line][mark.column :]
        if rest.startswith("{{"):
            tag = rest[: rest.find("}}") + 2] if "}}" in rest else rest
            self._findings.append(
                explain_template(tag, mark.line + 1, mark.column + 1, file=self._file)
            )
            return
        place = Place(self._file, key.start_mark.line + 1, key.start_mark.column + 1, 1)
        message = "键应为一段文字，这里是列表或映射"
        hint = "请改为文字的键；如果整段是正文，请加引号。"
        self._findings.append(report("Y115", place, message, hint))

    def _check_flow_key(self, key: Event) -> None:
        """`{规则：a}` is a key without a value."""
        mark = key.start_mark
        text = getattr(key, "value", "")  # an alias has none
        match = find_colon(text) if mark.line == key.end_mark.line else None
        if match:
            self._findings.append(
                explain_colon(match, mark.line + 1, file=self._file, column=mark.column + 1)
            )

    def _report_cut(self, event: Event) -> None:
        """Show which words were taken for a comment."""
        end = event.end_mark
        rest = self._lines[end.line][end.column :]
        lost = rest.lstrip()
        place = Place(
            self._file, end.line + 1, end.column + 1 + len(rest) - len(lost), len(lost.rstrip())
        )
        self._findings.append(explain_cut(event.value, lost, place))

    def _fragments(self, event: Event) -> list[str]:
        """Return the lines of an unquoted text as typed, without what stands around it."""
        start, end = event.start_mark, event.end_mark
        lines = list(self._lines[start.line : end.line + 1])
        lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column :]
        return lines

    def _place(self, event: Event) -> Place:
        """Return the place of what stands on one line."""
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if start.line == end.line else 1
        return Place(self._file, start.line + 1, start.column + 1, length)

    def _add(self, finding: Finding | None) -> None:
        """Keep a finding, if there is one."""
        if finding is not None:
            self._findings.append(finding)
