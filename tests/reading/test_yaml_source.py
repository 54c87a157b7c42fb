"""Reading YAML: typed text in, places and Chinese findings out, whatever the bytes are."""

import io
import os
import pathlib
import re
import runpy
import socket
import sys
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.reading import yaml_source
from generator.reading.yaml_lines import has_unseen
from generator.reading.yaml_rules import RULES
from generator.reading.yaml_source import (
    DEPTH_LIMIT,
    Plain,
    Source,
    is_c_parser,
    parse_yaml,
    read_yaml,
)

WRONG = pathlib.Path(__file__).parent / "wrong_yaml"
CASES = sorted(path.stem for path in WRONG.glob("*.yaml"))
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{3,}")  # two words: the parser speaking


def read(text: str) -> Source:
    return parse_yaml(text.encode(), file="x.yaml")


def codes(source: Source) -> list[str]:
    return [finding.code for finding in source.findings]


def outline(findings: tuple[Finding, ...]) -> str:
    """Write findings as `line:column+length code rule severity`, then message and hint."""
    return "".join(
        f"{one.place.line}:{one.place.column}+{one.place.length} {one.code} {one.rule} "
        f"{one.severity}\n  {one.message}\n  {one.hint}\n"
        for one in findings
    )


def test_the_c_parser_is_in_use() -> None:
    assert is_c_parser()


def test_a_missing_c_parser_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    with pytest.raises(UserError, match="缺少 YAML 的 C 解析库") as caught:
        runpy.run_path(str(yaml_source.__file__))
    assert caught.value.hint == "请运行：pip install 'ruamel.yaml[oldlibyaml]'"


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_file_is_explained_word_for_word(case: str) -> None:
    source = parse_yaml((WRONG / f"{case}.yaml").read_bytes(), file=f"{case}.yaml")
    expected = WRONG / f"{case}.expected.txt"
    if os.environ.get("ZIPING_ACCEPT"):
        expected.write_text(outline(source.findings), encoding="utf-8")
    assert outline(source.findings) == expected.read_text(encoding="utf-8")


def test_every_rule_that_a_text_can_break_has_a_wrong_file() -> None:
    texts = "".join((WRONG / f"{case}.expected.txt").read_text(encoding="utf-8") for case in CASES)
    assert set(RULES) - set(re.findall(r"Y\d{3}", texts)) == {
        "Y101", "Y102", "Y108", "Y109", "Y110",
    }  # fmt: skip


# Values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["010", "600.00", "2020-01-01", "1e400", "0x1F", "1_000", "yes", "True", ".inf", "12:30",
     "12345678901234567890.123456789", "-0", "20个以上", "第1#2条", "说明：见附件", "a:b"],
)  # fmt: skip
def test_a_scalar_stays_the_text_that_was_typed(typed: str) -> None:
    source = read(f"值: {typed}\n")
    assert source.value == {"值": typed}
    assert source.is_readable


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL", "# 待填", "  # 待填"])
def test_a_blank_is_none(typed: str) -> None:
    assert read(f"值: {typed}\n乙:\n- {typed}\n").value == {"值": None, "乙": [None]}


@pytest.mark.parametrize("typed", ["''", '""', "|\n", ">\n"])
def test_a_quoted_blank_is_an_empty_text(typed: str) -> None:
    assert read(f"值: {typed}").value == {"值": ""}


def test_null_in_quotes_is_a_word() -> None:
    assert read("值: 'null'\n'~': \"~\"\n").value == {"值": "null", "~": "~"}


FORM_LIKE = """\
# yaml-language-server: $schema=x
---
表式: x # 注
资金:   # 万元
  年初: 500  # 原件空白
指标:
  - {名称: 甲, 得分: 8}
  - 名称: 说明：共3项
报告:
  概况: |
    　　年初预算数：100

    预算：600 #1
  备注: '预算：600'
  其他: >
    甲：1
    乙：2
  三: "甲：
    乙：2"
  附件:
    - 附件：见后
    - 预算：600
  段落:
    　　本项目：如下
  长文: 本项目分为两部分，
    第一部分：基础设施，已完成；
    第二部分：人才培养。
"""


def test_a_form_like_file_is_read_without_findings() -> None:
    source = read(FORM_LIKE)
    assert source.findings == ()
    assert source.is_readable


# Places ------------------------------------------------------------------------------------------

PLACES = """\
# 注
资金:
  年初: 500
  空:
指标:
  - 名称: "甲"
    说明: |2
        两格

      一行 {{ x }}
  - [a, 'b', 'it''s']
尾: 第一行
  第二行
"""


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        (("资金", "年初"), False, (3, 7, 3)),
        (("资金", "年初"), True, (3, 3, 2)),
        (("资金",), False, (3, 3, 7)),
        (("资金",), True, (2, 1, 2)),
        (("资金", "空"), False, (4, 5, 0)),
        (("指标", 0, "名称"), False, (6, 9, 3)),
        (("指标", 0), False, (6, 5, 7)),
        (("指标", 0), True, (6, 5, 7)),
        (("指标", 0, "说明"), False, (7, 9, 2)),
        (("指标", 1, 1), False, (11, 9, 3)),
        (("尾",), False, (12, 4, 3)),
        (("资金", "缺"), False, (2, 1, 2)),
        (("资金", "年初", "缺"), False, (3, 3, 2)),
        (("指标", 0, "缺"), False, (6, 5, 7)),
        (("指标", 9), False, (5, 1, 2)),
        (("指标", -1), False, (5, 1, 2)),
        (("缺", "缺"), False, (1, 1, 3)),
        ((), False, (1, 1, 3)),
        ((), True, (1, 1, 3)),
    ],
)
def test_a_path_has_a_place(
    path: tuple[str | int, ...], key: bool, expected: tuple[int, int, int]
) -> None:
    assert read(PLACES).place(path, key=key) == Place("x.yaml", *expected)


@pytest.mark.parametrize(
    ("path", "offset", "expected"),
    [
        (("资金", "年初"), 1, (3, 8, 1)),
        (("指标", 0, "名称"), 0, (6, 10, 1)),
        (("指标", 0, "说明"), 2, (8, 9, 1)),  # value "  两格\n\n一行 {{ x }}\n"
        (("指标", 0, "说明"), 5, (9, 1, 1)),
        (("指标", 0, "说明"), 9, (10, 10, 1)),
        (("指标", 1, 2), 3, (11, 14, 7)),  # two quotes for one: the whole value
        (("尾",), 5, (12, 4, 3)),
        (("资金",), 0, (3, 3, 7)),
        (("资金", "缺"), 0, (2, 1, 2)),
        (("资金", "年初"), 99, (3, 7, 3)),
    ],
)
def test_a_character_inside_a_text_has_a_place(
    path: tuple[str | int, ...], offset: int, expected: tuple[int, int, int]
) -> None:
    assert read(PLACES).place_in(path, offset) == Place("x.yaml", *expected)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_every_character_of_a_block_is_found_again(break_: str) -> None:
    typed = "甲: 1\n文: |\n\n  一二\n    三\n\n  四 𠮷五\n尾: 1\n".replace("\n", break_)
    source = read(typed)
    assert isinstance(source.value, dict)
    text = source.value["文"]
    assert text == "\n一二\n  三\n\n四 𠮷五\n"
    for offset, character in enumerate(text):
        place = source.place_in(("文",), offset)
        line = source.line_text(place.line)
        assert (line + "\n")[place.column - 1] == character
    assert source.place(("尾",)).line == 8


def test_places_are_right_behind_a_byte_order_mark() -> None:
    source = parse_yaml("\ufeff甲: 1\n".encode(), file="x.yaml")
    assert source.place(("甲",)) == Place("x.yaml", 1, 4, 1)
    assert source.value == {"甲": "1"}
    assert [(one.code, one.severity) for one in source.findings] == [("Y102", Severity.WARNING)]
    assert source.is_readable


def test_lines_are_given_for_excerpts() -> None:
    source = read("甲: 1\r\n乙: 2\n")
    assert [source.line_text(at) for at in (-1, 0, 1, 2, 3, 9)] == [
        "",
        "",
        "甲: 1",
        "乙: 2",
        "",
        "",
    ]


# Bytes and files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blob", "words"),
    [
        ("年度: 2020\n名称: 制造\n".encode("gb18030"), "文件是 GBK 编码，应为 UTF-8（第 1 行"),
        ("甲: 1\n".encode("utf-16"), "文件是 UTF-16 编码，应为 UTF-8"),
        (b"\xfe\xff\x75\x32", "文件是 UTF-16 编码，应为 UTF-8"),
        (b"a: 1\nb: \xff\xff\n", "第 2 行起不是 UTF-8 编码的文本（第 9 个字节无法识别）"),
    ],
)
def test_another_encoding_is_named(blob: bytes, words: str) -> None:
    source = parse_yaml(blob, file="x.yaml")
    assert codes(source) == ["Y101"]
    assert source.findings[0].message.startswith(words)
    assert (source.text, source.value, source.is_readable) == ("", None, False)


@pytest.mark.parametrize("piece", ["[", "{", "- ", "? ", "[a: ", "{a: ", "[{", "&a [", "!!x ["])
def test_deep_nesting_is_refused_at_once(piece: str) -> None:
    source = read("甲: 1\n乙:\n  " + piece * 100_000)
    assert "Y108" in codes(source)
    assert not source.is_readable


def test_forty_levels_are_read() -> None:
    deep = "甲: " + "[" * (DEPTH_LIMIT - 1) + "]" * (DEPTH_LIMIT - 1)
    assert read(deep).is_readable
    assert codes(read(f"甲: [{deep[3:]}]")) == ["Y108"]


def test_a_billion_laughs_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    source = read("\n".join(lines))
    assert set(codes(source)) == {"Y106"}
    assert not source.is_readable


def test_too_large_a_file_is_not_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"#" * 2_000_001)
    for source in (read_yaml(path, file="x.yaml"), parse_yaml(path.read_bytes(), file="x.yaml")):
        assert codes(source) == ["Y109"]
        assert source.findings[0].message == "文件有 2000 KB，超过上限 2000 KB，没有读取"
        assert source.text == ""


def test_a_regular_file_is_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("甲: 1\n", encoding="utf-8")
    (tmp_path / "乙.yaml").symlink_to(path)
    assert read_yaml(path, file="甲.yaml").value == {"甲": "1"}
    assert read_yaml(tmp_path / "乙.yaml", file="乙.yaml").value == {"甲": "1"}


def _odd_files(folder: pathlib.Path) -> Iterator[tuple[pathlib.Path, str]]:
    yield folder / "missing", "文件 x.yaml 不存在"
    yield folder, "x.yaml 不是普通文件，而是文件夹，没有读取"
    (folder / "loop").symlink_to(folder / "loop")
    yield folder / "loop", "文件 x.yaml 无法读取"
    (folder / "dangling").symlink_to(folder / "missing")
    yield folder / "dangling", "x.yaml 是符号链接，它指向的文件不存在"
    os.mkfifo(folder / "pipe")
    yield folder / "pipe", "x.yaml 不是普通文件，而是设备、管道一类的特殊文件，没有读取"
    (folder / "link").symlink_to(folder / "pipe")
    yield folder / "link", "x.yaml 不是普通文件，而是设备、管道一类的特殊文件，没有读取"
    yield pathlib.Path("/dev/zero"), "x.yaml 不是普通文件，而是设备、管道一类的特殊文件，没有读取"
    yield folder / ("长" * 300), "文件 x.yaml 无法读取"
    yield folder / "a\0b", "文件 x.yaml 无法读取"
    (folder / "file").touch()
    yield folder / "file" / "x", "文件 x.yaml 无法读取"


def test_what_is_no_regular_file_is_refused(tmp_path: pathlib.Path) -> None:
    for path, message in _odd_files(tmp_path):
        source = read_yaml(path, file="x.yaml")
        assert [(one.code, one.message) for one in source.findings] == [("Y110", message)]
        assert source.value is None


def test_a_socket_is_refused(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        assert codes(read_yaml(pathlib.Path("s"), file="s")) == ["Y110"]


def test_a_file_without_permission_is_refused(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError  # root, in a container, may read everything

    path = tmp_path / "x.yaml"
    path.write_text("甲: 1\n", encoding="utf-8")
    monkeypatch.setattr(pathlib.Path, "open", refuse)
    source = read_yaml(path, file="x.yaml")
    assert [one.message for one in source.findings] == ["没有读取 x.yaml 的权限"]


# Laws --------------------------------------------------------------------------------------------

SEEDS = [(WRONG / f"{case}.yaml").read_bytes() for case in CASES] + [PLACES.encode()]
PIECES = [b"\t", b"  ", b"\n", b"\r", b": ", "：".encode(), b"- ", b"? ", b"{{", b"}", b"[",
          b"]", b"'", b'"', b"|\n", b">", b"&a ", b"*a ", b"!!x ", b"<<: ", b" #x", b"---\n",
          b"...\n", b"%", b"\\", b"\xff", b"\x00", "　".encode(),
          "\u200b".encode(), b"\xef\xbb\xbf",
          "\u2028".encode(), "键: 值\n".encode(), "预算：600\n".encode(), b"@", b","]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Cut, join and sprinkle wrong files."""
    blob = draw(st.sampled_from(SEEDS)) + draw(st.sampled_from([b"", *SEEDS]))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(blob)))
        stop = min(len(blob), at + draw(st.integers(0, 4)))
        blob = blob[:at] + draw(st.sampled_from([b"", *PIECES])) + blob[stop:]
    return blob


def assert_told_politely(source: Source) -> None:
    """A file is readable or says why; each finding is in Chinese and stands in the file."""
    assert source.is_readable or any(finding.is_blocking for finding in source.findings)
    for finding in source.findings:
        assert RULES[finding.code] == (finding.rule, finding.severity)
        assert finding.hint
        typed = " ".join(source.text.split())
        assert not ENGLISH.search(finding.message) or ENGLISH.search(typed), finding.message
        place = finding.place
        if source.text:
            assert 0 <= place.line <= len(source.lines)
            assert place.column <= len(source.line_text(place.line)) + 1


@given(st.one_of(st.binary(max_size=200), mutated()))
@settings(max_examples=1000, deadline=None)
def test_no_bytes_make_an_exception(blob: bytes) -> None:
    source = parse_yaml(blob, file="x.yaml")
    assert_told_politely(source)
    again = parse_yaml(blob, file="x.yaml")
    assert (again.text, again.value) == (source.text, source.value)
    assert again.findings == source.findings


@example("*1::")
@given(st.text(alphabet="甲乙：:　 \n\t-?#&*!|>{}[],'\"%@`~1.a\\<", max_size=60))
@settings(max_examples=1000, deadline=None)
def test_no_text_makes_an_exception(text: str) -> None:
    assert_told_politely(read(text))


WORDS = st.text(
    st.one_of(st.sampled_from("甲乙丙：，。、:#-?&*!|>{}[]'\"%@ 0123456789.~年\n<="), st.characters(
        exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co"])),
    max_size=20,
)  # fmt: skip
KEYS = WORDS.filter(lambda word: word.strip() == word != "" and not has_unseen(word))
DATA = st.recursive(
    st.none() | WORDS | st.sampled_from(["010", "600.00", "null", "2020-01-01", "1e400", "~"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def dump(data: Plain) -> str:
    """Write plain data as YAML, without anchors and without breaking lines."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.width = 1_000_000
    writer.allow_unicode = True
    writer.representer.ignore_aliases = lambda _: True
    stream = io.StringIO()
    writer.dump(data, stream)
    return stream.getvalue()


@given(st.dictionaries(KEYS, DATA, max_size=6))
@settings(max_examples=200, deadline=None)
def test_what_was_written_is_what_is_read(data: dict[str, Plain]) -> None:
    source = read(dump(data))
    assert source.value == data
    assert source.findings == ()


@given(st.dictionaries(KEYS, DATA, min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_every_value_has_a_place_in_the_file(data: dict[str, Plain]) -> None:
    source = read(dump(data))
    for path, value in walk(data, ()):
        place = source.place(path)
        assert 1 <= place.line <= len(source.lines)
        line = source.line_text(place.line)
        if isinstance(value, str) and value and line.endswith(value):
            assert line[place.column - 1 : place.column - 1 + place.length].endswith(value)


def walk(data: Plain, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Plain]]:
    """Yield each value with its path."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from walk(value, (*path, at))
