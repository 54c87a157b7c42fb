"""A formula of the form can be worked out: no divisor is zero.

Rule: 派生 and computed columns of form.yaml; 除数为零 says otherwise where a form allows it.
Source: arithmetic.

PASS: 全年预算数 600
FAIL: 全年预算数 0, with 预算执行率 = 全年执行数 ÷ 全年预算数 and no 除数为零
"""

from collections.abc import Iterator

from generator.checks.review import Remark, Review
from generator.domain.results import FormulaProblem
from generator.findings import Severity

CODE = "F205"
RULE = "formula-result"
SEVERITY = Severity.WARNING
IS_LAW = False


def check(review: Review) -> Iterator[Remark]:
    """Yield each divisor that is zero once, with the formulas that need it."""
    waiting: dict[str, list[FormulaProblem]] = {}
    for problem in review.sheet.problems:
        waiting.setdefault(problem.divisor or problem.name, []).append(problem)
    for name, problems in waiting.items():
        figure = review.project.figures.get(name)
        zero = f"{name}为 0" if problems[0].divisor else "除数为 0"
        names = "、".join(problem.name for problem in problems)
        yield Remark(
            place=review.place(*figure.path) if figure else review.place("资金"),
            message=f"{zero}，算不出{names}",
            subject=".".join(str(part) for part in figure.path) if figure else name,
            basis=f"公式：{problems[0].name} = {problems[0].formula}",
            hint="核对作除数的数",
        )
