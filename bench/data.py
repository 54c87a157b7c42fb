"""Invented data for measuring: a year of projects of the national form, equal for equal seeds.

One project of 90 indicators is as large as the largest file that was filed: about 25 KB, with
thirty paragraphs; no two projects share a paragraph.
"""

import random
import shutil
from pathlib import Path

from bench.words import DOES, END, HOW, UNITS, WHAT, WHOM

FORM = "mof-project"
PER_UNIT = 25
_TREE = {
    "产出指标": (50, ("数量指标", "质量指标", "时效指标", "成本指标")),
    "效益指标": (30, ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    "满意度指标": (10, ("服务对象满意度指标",)),
}
_HEAD = """\
表式: {form}
年度: {year}
项目名称: 甲类项目{number}
主管部门: 某市甲局
实施单位: 某市甲局{unit}中心
年度总体目标:
  预期目标: {goal}
  实际完成情况: {done}
资金:
  年初预算数: {budget}
  全年预算数: {budget}
  全年执行数: {spent}
  当年财政拨款: {{年初预算数: {budget}, 全年预算数: {budget}, 全年执行数: {spent}}}
"""
_REPORT = """\
报告:
  基本情况:
    项目概况: |
      甲类项目{number}由{unit}中心承担，预算{{{{ 资金.全年预算数 }}}}万元。
      支出{{{{ 资金.全年执行数 }}}}万元。
{texts[0]}
    项目绩效目标: |
{texts[1]}
  综合评价情况及评价结论: 总分{{{{ 结果.总分 }}}}分。
  绩效评价指标分析:
    项目产出情况: |
{texts[2]}
    项目效益情况: |
{texts[3]}
  主要经验及做法、存在的问题及原因分析: |
{texts[4]}
"""
_TEXTS, _PARAGRAPHS, _SENTENCES = 5, 6, 5  # thirty paragraphs
_LEVEL2 = sum(len(names) for _, names in _TREE.values())


def write_year(root: Path, *, projects: int, indicators: int, year: int = 2030) -> None:
    """Write `projects` data files of about `indicators` rows below a root."""
    chance = random.Random(f"{projects}-{indicators}")
    for number in range(projects):
        unit = number // PER_UNIT
        file = root / f"data/{year}/unit{unit:03}/project{number:05}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_project(chance, number, unit, indicators, year), encoding="utf-8")


def copy_forms(source: Path, root: Path) -> None:
    """Copy templates and schemas, so that a measurement touches nothing of the repository."""
    for name in ("templates", "schema"):
        shutil.copytree(source / name, root / name)


def _project(chance: random.Random, number: int, unit: int, indicators: int, year: int) -> str:
    budget = chance.randrange(100, 10_000)
    spent = budget - chance.randrange(budget // 20 + 1)
    head = {"form": FORM, "year": year, "number": number, "unit": unit}
    goals = {"goal": _sentences(chance, 2), "done": _sentences(chance, 2)}
    lines = [_HEAD.format(**head, **goals, budget=budget, spent=spent), "绩效指标:\n"]
    for group, (points, names) in _TREE.items():
        lines.append(f"  {group}:\n")
        count = max(1, round(indicators / _LEVEL2))
        shares = _shares(points, count * len(names))
        for name in names:
            lines.append(f"    {name}:\n")
            lines += [_row(chance, name, row, shares.pop()) for row in range(count)]
    texts = [_paragraphs(chance) for _ in range(_TEXTS)]
    return "".join(lines) + _REPORT.format(number=number, unit=unit, texts=texts)


def _shares(points: int, count: int) -> list[str]:
    hundredths, rest = divmod(points * 100, count)
    shares = [hundredths] * (count - 1) + [hundredths + rest]
    return [f"{share / 100:.2f}" for share in shares]


def _row(chance: random.Random, level2: str, row: int, points: str) -> str:
    name = f"{_did(chance)}（{level2[:2]}{row + 1}）"
    if level2.endswith("满意度指标"):
        target = chance.randrange(80, 95)
        actual, sign, unit = target + chance.randrange(5), "≥", "%"
        note = f", 偏差原因: 取自问卷{chance.randrange(100, 1000)}份"
    else:
        target, unit, note = chance.randrange(10, 1000), chance.choice(UNITS), ""
        sign = "≤" if level2.startswith("成本") else "≥"
        actual = target + (-1 if sign == "≤" else 1) * chance.randrange(3)
    said = f"目标值: {sign}{target}{unit}, 完成值: {actual}{unit}, 分值: {points}{note}"
    return f"      - {{名称: {name}, {said}}}\n"


def _did(chance: random.Random) -> str:
    return f"{chance.choice(DOES)}{chance.choice(WHAT)}{chance.choice(WHOM)}"


def _sentences(chance: random.Random, count: int) -> str:
    return "".join(
        f"{chance.choice(HOW)}{_did(chance)}和{chance.choice(WHAT)}{chance.choice(WHOM)}，"
        f"{chance.choice(END)}。"
        for _ in range(count)
    )


def _paragraphs(chance: random.Random) -> str:
    """Return paragraphs as lines of a block; every other one tells a figure."""
    lines = []
    for index in range(_PARAGRAPHS):
        figure = f"{chance.choice(HOW)}{_did(chance)}{chance.randrange(10, 1000)}件。"
        lines.append(f"      {figure if index % 2 else ''}{_sentences(chance, _SENTENCES)}")
    return "\n".join(lines)
