"""A formula of the form can be worked out: no divisor is zero.

Rule: 派生 and computed columns of form.yaml; 除数为零 says otherwise where a form allows it.
Source: arithmetic.

PASS: 全年预算数 600
FAIL: 全年预算数 0，预算执行率 = 全年执行数 ÷ 全年预算数，没有写除数为零
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.results import FormulaProblem
from generator.findings import Severity

CODE = "F205"
RULE = "formula-result"
SEVERITY = Severity.WARNING
IS_LAW = False
ABOUT = About(
    what="公式算不出来：除数为零；或公式里的数只填了一部分。",
    basis="算术",
    example="全年预算数为 0，算不出执行率、预算执行率",
    subject="为零的、空着的数，如 `资金.全年预算数`",
    remedy="核对作除数的数",
    reason="原报送件没有填预算数，照录",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield each divisor that is zero, and each figure left blank, once with what needs it."""
    waiting: dict[tuple[str, str], list[FormulaProblem]] = {}
    for problem in review.sheet.problems:
        for name in problem.missing:
            waiting.setdefault((name, f"{name}没有填"), []).append(problem)
        if not problem.missing:
            what = f"{problem.divisor}为 0" if problem.divisor else "除数为 0"
            waiting.setdefault((problem.divisor or problem.name, what), []).append(problem)
    for (name, what), problems in waiting.items():
        figure = review.project.figures.get(name)
        if figure is None and problems[0].missing:
            continue  # itself computed: said of the figure that it needs
        names = "、".join(problem.name for problem in problems)
        yield Remark(
            place=review.place(*figure.path) if figure else review.place("资金"),
            message=f"{what}，算不出{names}",
            subject=".".join(str(part) for part in figure.path) if figure else name,
            basis=_basis(problems[0]),
            hint="补填这个数" if problems[0].missing else "核对作除数的数",
        )


def _basis(problem: FormulaProblem) -> str:
    place = problem.place
    return f"公式：{problem.name} = {problem.formula}（{place.file}:{place.line}）"
