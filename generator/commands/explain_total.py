"""总分, 等级, 执行率 and the levels of the tables: their parts, and how these add up."""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import HUNDRED, is_equal, plain
from generator.commands.explain_figure import figure_parts, identity_line, put_figures_in
from generator.commands.explain_row import line_of
from generator.commands.explain_rule import rule_parts
from generator.commands.explain_tree import Fact, fact
from generator.commands.explain_view import View, number, section
from generator.domain.results import LevelSum, RateScore
from generator.domain.rubrics import Execution, Grades, Total
from generator.findings import Place
from generator.scoring.feeds import find_fed
from generator.scoring.figures import formulas_of
from generator.scoring.levels import scored_tables
from generator.scoring.methods import find_band
from generator.scoring.steps import show_rate

_MOST_ADDED = 15  # numbers written out in a sum
_OPEN = "还有没有得分的行，只是一部分"


def explain_project(view: View) -> Fact:
    """Show how total and grade came about: parts, 执行率, rows, identities, computed figures."""
    project, sheet = view.project, view.sheet
    total = project.rubric.total if project.rubric else None
    computed = [name for name in _computed(view) if sheet.figures.get(name) is not None]
    errors = sum(finding.is_blocking for finding in view.findings)
    parts = [
        fact("项目", project.name),
        fact("表式", f"{project.form.id}　{project.form.title}", project.form.place),
    ]
    if total is None:
        parts.append(fact("计分", "这个表式不计总分"))
    if errors:
        parts.append(fact("核对", f"有 {errors} 处错误，文档不能生成：ziping check {project.file}"))
    below = [
        section("总分", _total_parts(view, total)) if total else None,
        section("等级", _grade_parts(view)),
        section("执行率", _rate_parts(view)),
        section("各行", (line_of(view, row) for row in sheet.rows)),
        section(
            "恒等式",
            (fact(i.name, identity_line(view, i), i.place) for i in project.form.identities),
        ),
        section("算出的数", (_figure_line(view, name) for name in computed)),
    ]
    head = ""
    if total is not None:
        head = f"{total.name} {number(sheet.total)} 分" + (
            f"，{sheet.grade}" if sheet.grade else ""
        )
    return fact(project.id, head, None, *parts, *below)


def _computed(view: View) -> list[str]:
    formulas = formulas_of(view.project.form)
    lists = [rule.name for rule in view.project.form.derived if rule.name not in formulas]
    return [*formulas, *lists]


def _figure_line(view: View, name: str) -> Fact:
    found, rule = formulas_of(view.project.form).get(name), view.derived(name)
    value = view.show(name, view.sheet.figures.get(name))
    if found is None:
        source = (rule.sum_of or rule.count_of) if rule else ""
        return fact(name, f"{value}　{source}", rule.place if rule else None)
    return fact(
        name, f"{found.formula} = {put_figures_in(view, found.formula)} → {value}", found.place
    )


def explain_total(view: View, total: Total) -> Fact:
    """Explain the total by its parts."""
    return fact(
        f"总分「{total.name}」" if total.name != "总分" else "总分",
        f"{number(view.sheet.total)} 分",
        None,
        *_total_parts(view, total),
        view.remarks("已报送.总分", "分值合计"),
    )


def _total_parts(view: View, total: Total) -> Iterator[Fact]:
    """Yield what 组成 names with points and score, and their sum."""
    sheet = view.sheet
    yield fact("组成", "、".join(total.parts), total.place)
    if total.basis:
        yield fact("依据", total.basis)
    scores = []
    if sheet.rate is not None and "执行率" in total.parts:
        yield _level_line("执行率", sheet.rate.points, sheet.rate.score, None)
        scores.append(number(sheet.rate.score))
    for level in _top_levels(view):
        place = view.project.place_of(level.data_path, key=True)
        yield _level_line("/".join(level.path[1:]) or level.name, level.points, level.score, place)
        scores.append(plain(level.score))
    places = total.places
    rounded = f"（四舍五入到 {places} 位小数）" if places is not None else ""
    note = f"；{_OPEN}" if sheet.has_open_scores else ""
    yield fact("得分", f"{_sum(scores, number(sheet.total))}{rounded}{note}")
    full = f"满分 {number(sheet.full)}"
    same = "" if sheet.total_points == sheet.full else "，不等于满分"
    yield fact("分值", f"合计 {number(sheet.total_points)}，{full}{same}")
    filed = view.project.filed.total
    if filed is not None:
        same = "与算出的相同" if filed.value == sheet.total else f"算出的是 {number(sheet.total)}"
        yield fact("已报送", f"{filed.text}，{same}", view.place("已报送", "总分"))


def _level_line(name: str, points: Decimal, score: Decimal | None, place: Place | None) -> Fact:
    cells = (fact("分值", number(points)), fact("得分", number(score)))
    return Fact(name, "", place, cells=cells)


def _top_levels(view: View) -> Iterator[LevelSum]:
    """Yield the sums one step below each table; the table itself where it has no groups."""
    for table in scored_tables(view.project):
        mine = [level for level in view.sheet.sums if level.path[0] == table.name]
        below = [level for level in mine if len(level.path) == 2]  # noqa: PLR2004 - table, group
        yield from below or mine


def explain_level(view: View, level: LevelSum) -> Fact:
    """Explain the sum of a table, goal, group or level 2 by its rows."""
    depth = len(level.path)
    rows = [r for r in view.sheet.rows if r.indicator.tree_path[:depth] == level.path]
    points = [plain(row.points) for row in rows if row.points is not None]
    scores = [plain(row.score) for row in rows if row.score is not None]
    stated = level.stated
    same = ""
    if stated is not None:
        is_same = is_equal(stated, level.points)
        same = f"，应为 {plain(stated)}" if not is_same else "，与应有的分值相同"
    name = "/".join(level.path[1:]) or level.name
    filed = [
        fact("已报送", amount.text, view.place("已报送", "小计", key))
        for key, amount in (view.project.filed.subtotals or {}).items()
        if level.path[-len(key.split("/")) :] == tuple(key.split("/"))
    ]
    return fact(
        f"{level.name}",
        f"{plain(level.points)} 分，得 {plain(level.score)} 分",
        view.project.place_of(level.data_path, key=True),
        fact("分值", f"{_sum(points, plain(level.points))}{same}"),
        fact("得分", _sum(scores, plain(level.score))),
        *filed,
        section("各行", (line_of(view, row) for row in rows)),
        view.remarks(name, f"已报送.小计.{name}", f"已报送.小计.{level.name}"),
    )


def _sum(numbers: list[str], result: str) -> str:
    if len(numbers) > _MOST_ADDED:
        return f"{len(numbers)} 项相加 = {result}"
    return f"{' + '.join(numbers)} = {result}" if len(numbers) > 1 else result


def explain_grade(view: View, grades: Grades) -> Fact:
    """Explain the grade by its band."""
    return fact(
        f"等级「{grades.name}」" if grades.name != "等级" else "等级",
        view.sheet.grade or "没有：还有没有得分的行",
        None,
        *_grade_parts(view),
        view.remarks("已报送.等级"),
    )


def _grade_parts(view: View) -> Iterator[Fact]:
    rubric, sheet = view.project.rubric, view.sheet
    grades, total = (rubric.grades, rubric.total) if rubric else (None, None)
    if grades is None or total is None or sheet.total is None:
        return
    yield fact("依", "总分" if grades.by == "总分" else grades.by, grades.place)
    if grades.basis:
        yield fact("依据", grades.basis)
    value = sheet.total
    if grades.by == "得分率":
        value = sheet.total / total.full * HUNDRED
        yield fact(
            "得分率", f"{plain(sheet.total)} ÷ {plain(total.full)} = {show_rate(value / HUNDRED)}"
        )
    reached = find_band(value, grades.bands)
    end = ""
    for band in grades.bands:
        start = f"{plain(band.start)} {'以上（不含）' if band.is_open else '起'}"
        mark = f"　← {number(value)} 在这一档" if band is reached else ""
        yield fact(band.name, f"{start}{end}{mark}")
        end = f"，{plain(band.start)} {'及以下' if band.is_open else '以下'}"
    if sheet.has_open_scores:
        yield fact("注意", _OPEN)
    filed = view.project.filed.grade
    if filed is not None:
        same = "相同" if filed == sheet.grade else f"算出的是「{sheet.grade}」"
        yield fact("已报送", f"{filed or '空着'}，{same}", view.place("已报送", "等级"))


def explain_rate(view: View, execution: Execution) -> Fact:
    """Explain 执行率 and its score."""
    rate = view.sheet.rate
    value = view.show(execution.ratio, rate.rate if rate else None)
    scored = f"，得 {number(rate.score)} 分" if rate and rate.points else ""
    return fact(
        "执行率",
        f"{value}{scored}",
        None,
        *_rate_parts(view),
        view.remarks("已报送.执行率", "已报送.执行率得分", "执行率"),
    )


def _rate_parts(view: View) -> Iterator[Fact]:
    execution = view.project.rubric.execution if view.project.rubric else None
    rate = view.sheet.rate
    if execution is None or rate is None:
        return
    value = view.show(execution.ratio, rate.rate)
    parts = figure_parts(view, execution.ratio)
    yield fact(f"比率「{execution.ratio}」", value, execution.place, *parts)
    if execution.basis:
        yield fact("依据", execution.basis)
    fed = [f.indicator.subject for f in find_fed(view.project) if f.feed.name == "执行率"]
    yield fact("位置", execution.position + "".join(f"「{subject}」" for subject in fed))
    if execution.rule is None:
        yield fact("得分", "不单独计分")
        return
    yield from _rate_score(rate, execution)
    filed = view.project.filed
    if filed.rate:
        yield fact("已报送执行率", filed.rate, view.place("已报送", "执行率"))
    if filed.rate_score is not None:
        yield fact("已报送得分", filed.rate_score.text, view.place("已报送", "执行率得分"))


def _rate_score(rate: RateScore, execution: Execution) -> Iterator[Fact]:
    rule = execution.rule
    if rule is None:
        return
    yield fact("分值", number(rate.points))
    yield fact("方法", rule.method, None, *(p for p in rule_parts(rule) if p.name in _OF_RATE))
    yield fact("算法", "\n".join(rate.steps) or "—")
    yield fact("得分", number(rate.score))


_OF_RATE = ("界限", "取整", "每点扣", "超额")
