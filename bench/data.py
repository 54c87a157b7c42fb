"""Invented data for measuring: a year of projects of the national form, equal for equal seeds."""

import random
import shutil
from pathlib import Path

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
  预期目标: 建成甲类试点，培训乙类人员。
  实际完成情况: 建成甲类试点，培训乙类人员。
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
      甲类项目{number}由{unit}中心承担，预算{{{{ 资金.全年预算数 }}}}万元，{text}。
      支出{{{{ 资金.全年执行数 }}}}万元。
    项目绩效目标: {text}。
  综合评价情况及评价结论: 总分{{{{ 结果.总分 }}}}分。
  绩效评价指标分析:
    项目产出情况: {text}。
    项目效益情况: {text}。
  主要经验及做法、存在的问题及原因分析: {text}。
"""


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
    lines = [_HEAD.format(**head, budget=budget, spent=spent), "绩效指标:\n"]
    level2 = sum(len(names) for _, names in _TREE.values())
    for group, (points, names) in _TREE.items():
        lines.append(f"  {group}:\n")
        count = max(1, round(indicators / level2))
        shares = _shares(points, count * len(names))
        for name in names:
            lines.append(f"    {name}:\n")
            lines += [_row(chance, f"{name}{row}", shares.pop()) for row in range(count)]
    text = "，".join(f"完成乙类工作{n}项" for n in range(60))
    return "".join(lines) + _REPORT.format(number=number, unit=unit, text=text)


def _shares(points: int, count: int) -> list[str]:
    hundredths, rest = divmod(points * 100, count)
    shares = [hundredths] * (count - 1) + [hundredths + rest]
    return [f"{share / 100:.2f}" for share in shares]


def _row(chance: random.Random, name: str, points: str) -> str:
    target = chance.randrange(10, 1000)
    sign = "≤" if name.startswith("成本") else "≥"
    actual = target + (-1 if sign == "≤" else 1) * chance.randrange(3)
    return (
        f"      - {{名称: {name}, 目标值: {sign}{target}个, 完成值: {actual}个, 分值: {points}}}\n"
    )
