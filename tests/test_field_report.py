"""docs/检查实例.md lists what the checks find in the filed documents, no more and no less."""

import json
import re
from collections import Counter

from generator.checks.catalogue import RULE_NAMES
from generator.cli import main
from tests.conftest import ROOT

TEXT = (ROOT / "docs/检查实例.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## \d+ [^\n]*（([\w/-]+)）\n(.*?)(?=^## )", re.M | re.S)
ROW = re.compile(r"^\| ([A-Z]\d{3}) \| (\d+) \| .+ \| (对|可商量|错) \|$", re.M)
FORTY = re.compile(r"^\| (\d+)(?:([、–])(\d+))? \| .+ \| ([^|]+) \|$", re.M)


def told():
    """Return the rows of the report: document, code, number, judgement."""
    for section in SECTION.finditer(TEXT):
        for row in ROW.finditer(section[2]):
            yield f"2020/{section[1]}", row[1], int(row[2]), row[3]


def test_every_finding_of_the_filed_documents_is_judged(capsys):
    main(["check", "2020", "--root", str(ROOT), "--verbose", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    places = {finding["file"]: finding["project"] for finding in found if finding["project"]}
    expected = Counter((places[one["file"]], one["code"]) for one in found)
    listed = Counter()
    for project, code, number, _ in told():
        listed[project, code] += number
    assert listed == expected


def test_the_sums_are_those_of_the_tables():
    def line(name, is_meant):
        counts = Counter()
        for _, code, number, judgement in told():
            counts[judgement] += number if is_meant(code) else 0
        shown = [counts.total(), *(counts[word] for word in ("对", "可商量", "错"))]
        return f"| {name} | {' | '.join(str(number) for number in shown)} |"

    assert line("全部", bool) in TEXT
    assert line("其中正文里的数（N406–N413）", lambda code: "N406" <= code <= "N413") in TEXT
    assert line("其中文件之间（B）", lambda code: code[0] == "B") in TEXT


def test_each_of_the_forty_questions_has_checks_that_exist():
    numbers = []
    for row in FORTY.finditer(TEXT.partition("## 11 ")[2]):
        last = int(row[3] or row[1])
        numbers += range(int(row[1]), last + 1)
        rules = re.findall(r"`([\w-]+)`", row[4])
        assert rules
        assert set(rules) <= RULE_NAMES, row[0]
    assert numbers == list(range(1, 41))
