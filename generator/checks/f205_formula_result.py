"""A formula of the form can be worked out: no divisor is zero.

Rule: 派生 and computed columns of form.yaml; 除数为零 says otherwise where a form allows it.
Source: arithmetic.

PASS: 全年预算数 600
FAIL: 全年预算数 0, with 预算执行率 = 全年执行数 ÷ 全年预算数 and no 除数为零
"""

from collections.abc import Iterator

from generator.checks.review import Remark, Review
from generator.findings import Severity
from generator.scoring.formulas import parse_formula

CODE = "F205"
RULE = "formula-result"
SEVERITY = Severity.WARNING
IS_LAW = False


def check(review: Review) -> Iterator[Remark]:
    """Yield formulas with a zero divisor, at the figure that is zero."""
    derived = {rule.name: rule for rule in review.project.form.derived}
    for problem in review.sheet.problems:
        names = parse_formula(problem.formula).names
        zero = next((n for n in names if review.sheet.figures.get(n) == 0), "")
        figure = review.project.figures.get(zero)
        place = review.place(*figure.path) if figure else review.place("资金")
        rule = derived.get(problem.name)
        where = f"（{rule.place.file}:{rule.place.line}）" if rule else ""
        yield Remark(
            place=place,
            message=f"{problem.name}算不出：{problem.message}" + (f"，{zero} 为 0" if zero else ""),
            subject=f"资金.{zero}" if zero else problem.name,
            basis=f"公式：{problem.name} = {problem.formula}{where}",
            hint="核对作除数的数",
        )
