"""The usual stack as one script, as somebody would write it in an afternoon.

    python bench/usual.py ROOT YEAR TEMPLATES OUT

YAML by ruamel's C parser, JSON Schema by a validator built once, both documents by docxtpl as its
manual has it. Nothing is checked beyond the schema and nothing scored: each indicator gets its
full points, references in prose are looked up, headings are numbered.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

FUNDS = ("合计", "当年财政拨款", "上年结转资金", "其他资金")
AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")
DOCUMENTS = {"report.docx": "自评报告", "table.docx": "自评表"}
_NUMBERS = "零一二三四五六七八九十"
_REFERENCE = re.compile(r"\{\{ (\S+) \}\}")
_CENT = Decimal("0.01")


class Reader:
    """Reads data files by one parser and one validator."""

    def __init__(self, root: Path) -> None:
        """Build both once."""
        schema = (root / "schema/mof-project.schema.json").read_text(encoding="utf-8")
        self._validator = Draft202012Validator(json.loads(schema))
        self._yaml = YAML(typ="safe")

    def read(self, file: Path) -> dict[str, Any]:
        """Return a file's data; stop at a fault."""
        data: dict[str, Any] = self._yaml.load(file.read_text(encoding="utf-8"))
        for error in self._validator.iter_errors(data):
            sys.exit(f"{file}: {error.message}")
        return data


def fill(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the templates name."""
    funds = data["资金"]
    rows = list(_rows(data["绩效指标"]))
    budget, spent = Decimal(str(funds["全年预算数"])), Decimal(str(funds["全年执行数"]))
    points = sum((Decimal(row["分值"]) for row in rows), Decimal(0))
    score = _rounded(min(spent / budget, Decimal(1)) * 10)
    results = {
        "执行率分值": "10",
        "执行率": f"{_plain(_rounded(spent / budget * 100))}%",
        "执行率得分": _plain(score),
        "分值合计": _plain(points + 10),
        "总分": _plain(points + score),
    }
    return {
        **{key: data[key] for key in ("年度", "项目名称", "主管部门", "实施单位", "年度总体目标")},
        "资金": {
            name: {
                amount: (funds if name == "合计" else funds.get(name) or {}).get(amount, "")
                for amount in AMOUNTS
            }
            for name in FUNDS
        },
        "结果": results,
        "绩效指标": rows,
        "正文": list(_paragraphs(data["报告"], {"资金": funds, "结果": results}, 1)),
    }


def _rows(tree: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for level1, groups in tree.items():
        for level2, indicators in groups.items():
            for one in indicators:
                points = _plain(Decimal(str(one["分值"])))
                yield {
                    "一级指标": level1,
                    "二级指标": level2,
                    "名称": one["名称"],
                    "目标值": one["目标值"],
                    "完成值": one["完成值"],
                    "分值": points,
                    "得分": points,
                    "偏差原因": one.get("偏差原因", ""),
                }


def _paragraphs(
    sections: Mapping[str, Any], names: Mapping[str, Any], level: int
) -> Iterator[dict[str, Any]]:
    def look_up(found: re.Match[str]) -> str:
        value: Any = names
        for name in found[1].split("."):
            value = value[name]
        return str(value)

    for count, (heading, below) in enumerate(sections.items(), 1):
        number = f"{_NUMBERS[count]}、" if level == 1 else f"（{_NUMBERS[count]}）"
        yield {"级": level, "文": number + heading}
        if isinstance(below, str):
            text = _REFERENCE.sub(look_up, below)
            yield from ({"级": 0, "文": line.strip()} for line in text.splitlines() if line.strip())
        else:
            yield from _paragraphs(below, names, level + 1)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def main() -> None:
    """Write both documents of every project of a year."""
    root, year, templates, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4]
    reader = Reader(root)
    for file in sorted((root / "data" / year).glob("*/*.yaml")):
        context = fill(reader.read(file))
        folder = Path(out) / year / file.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        for template, name in DOCUMENTS.items():
            document = DocxTemplate(templates / template)
            document.render(context, autoescape=True)
            document.save(folder / f"{context['项目名称']}绩效{name}.docx")


if __name__ == "__main__":
    main()
