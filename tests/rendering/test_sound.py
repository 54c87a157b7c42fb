"""The short way to a verdict never differs from the long one: all rules asked of every part."""

import io
import shutil
from contextlib import contextmanager
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.rendering import (
    body,
    body_pieces,
    docx_text,
    judgements,
    printed_text,
    seal,
    shapes,
    sound,
    tables,
)
from generator.rendering.body import find_body
from generator.rendering.finish import finish
from generator.rendering.form_memory import FormMemory
from generator.rendering.package import PackageError, read_package, write_package
from generator.rendering.printed_text import read_pieces
from generator.rendering.seal import Seal
from generator.rendering.sound import is_sound
from generator.rendering.validity import all_problems
from generator.rendering.xml_tree import XmlError
from tests.conftest import ROOT
from tests.rendering.conftest import add_seal
from tests.rendering.damage import damages

SEAL = Seal("2020/甲&乙/<某>", '自评"表"', "mof-project", "2020", {"b": "0", "a\t'乙'.yaml": "1"})
MAIN, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
CASES = sorted((ROOT / "tests/golden").glob("*/*/input.yaml"))


@pytest.fixture(scope="module")
def packages(documents, tmp_path_factory):
    """A document of each template of the repository, smallest first: they are damaged often."""
    root = tmp_path_factory.mktemp("root")
    for name in ("schema", "templates"):
        shutil.copytree(ROOT / name, root / name)
    years = set()
    for number, case in enumerate(CASES):
        text = case.read_text(encoding="utf-8")
        year = text.split("年度: ")[1][:4]
        years.add(year)
        folder = root / "data" / year / f"unit{number}"
        folder.mkdir(parents=True)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
    for year in years:
        arguments = ["report", year, "--root", str(root), "--out", str(root / "out"), "--quiet"]
        assert main(arguments) == 0
    paths = [*documents.rglob("*.docx"), *(root / "out").rglob("*.docx")]
    return [read_package(path) for path in sorted(paths, key=lambda path: path.stat().st_size)]


def test_no_document_of_the_repository_needs_the_long_way(packages):
    assert len(packages) > len(list((ROOT / "templates").glob("*/*.docx"))) / 2
    for members in packages:
        assert is_sound(members, find_body(members))


def test_rows_within_rows_count_as_rows(packages):
    members = dict(packages[-1])
    at = members[MAIN].rindex(b"</w:tr>")
    members[MAIN] = members[MAIN][:at] + b"<w:tr/>" + members[MAIN][at:]
    problems = finish(members, None)[1]
    assert len(problems) == 2
    assert problems[0].endswith("没有单元格")


@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_document_is_finished_the_same_way(packages, data):
    members = dict(packages[data.draw(st.integers(0, len(packages) - 1))])
    sides = [name for name in members if name.startswith(("word/header", "word/footer"))]
    others = [RELATIONS, "[Content_Types].xml", "docProps/core.xml", "customXml/item1.xml", *sides]
    part = data.draw(st.sampled_from([*[MAIN] * 8, *others]))
    members[part] = data.draw(damages(members[part].decode())).encode()
    assert outcome(finish_by_all_rules, members) == outcome(finish, members)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_remembered_of_pieces_changes_nothing(packages, memory, data):
    """Later examples remember what was found out of the pieces of earlier ones."""
    members = dict(packages[data.draw(st.integers(0, len(packages) - 1))])
    part = data.draw(st.sampled_from((MAIN, MAIN, RELATIONS, "[Content_Types].xml")))
    members[part] = data.draw(damages(members[part].decode())).encode()
    said = {}
    for knows in (False, True, True):
        with fresh_process() as known:
            if knows:
                known.recall(memory)
            said[knows] = said.get(knows, set()) | {outcome(finish, members)}
            if knows:
                known.keep(memory)
    assert said[True] == said[False]


def test_of_known_pieces_nothing_is_parsed(packages, tmp_path, monkeypatch):
    memory = FormMemory(str(tmp_path), "1", lambda _: "")
    for parses in (True, False):
        if not parses:
            monkeypatch.setattr("generator.rendering.xml_tree.etree", None)
        with fresh_process() as known:
            known.recall(memory)
            for members in packages[:3]:
                assert finish(members, None)[1] == ()
            known.keep(memory)


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    return FormMemory(str(tmp_path_factory.mktemp("memory")), "1", lambda _: "")


@contextmanager
def fresh_process():
    """Forget what this process knows of pieces."""
    for module in (body, body_pieces, docx_text, printed_text, seal, shapes, sound, tables):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()
    with mock.patch.object(judgements, "JUDGEMENTS", judgements.Judgements()) as fresh:
        yield fresh


TEXTS = st.text(st.sampled_from("a=<>&\"' \n\x01\ufffe]甲"), max_size=6)
SEALS = st.builds(Seal, TEXTS, TEXTS, TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=2))


@given(seal=SEALS)
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_seal_says_is_judged_by_all_rules(packages, seal):
    found = finish(packages[0], seal)
    assert found == finish_by_all_rules(packages[0], seal)


def finish_by_all_rules(members, seal):
    """Say what `finish` says, plainly."""
    blob = write_package(add_seal(members, seal))
    return blob, tuple(all_problems(read_package(io.BytesIO(blob))))


def outcome(way, members):
    try:
        return way(members, SEAL)
    except (XmlError, PackageError) as fault:
        return type(fault)


def test_what_is_printed_does_not_depend_on_the_way(packages):
    for members in packages:
        body = find_body(members)
        sides = ("页眉", "页脚", "脚注", "尾注")
        pieces = [piece.text for piece in read_pieces(members) if piece.place not in sides]
        assert "\n".join(body.printed) == "\n".join(pieces)
