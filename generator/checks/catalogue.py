"""The names of all checks: what 检查 in a rubric and 豁免 in the data may name."""

from generator.checks import ALL_CHECKS
from generator.checks.between import BETWEEN_CHECKS
from generator.checks.review import Rule

EVERY_CHECK: tuple[Rule, ...] = (*ALL_CHECKS, *BETWEEN_CHECKS)
RULE_NAMES: frozenset[str] = frozenset(check.RULE for check in EVERY_CHECK)
BETWEEN_RULES: frozenset[str] = frozenset(check.RULE for check in BETWEEN_CHECKS)
LAWS: frozenset[str] = frozenset(check.RULE for check in EVERY_CHECK if check.IS_LAW)
NEVER_WAIVED: frozenset[str] = frozenset({"reference-unknown", "rule-unclear", "score-bounds"})
PARAMETERS: dict[str, dict[str, str]] = {  # by rule: what a form may set besides 级别
    check.RULE: dict(getattr(check, "PARAMETERS", {})) for check in EVERY_CHECK
}
RULE_CODES: dict[str, str] = {check.RULE: check.CODE for check in EVERY_CHECK}
