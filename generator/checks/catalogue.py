"""The names of all checks: what 检查 in a rubric and 豁免 in the data may name."""

from generator.checks import ALL_CHECKS

RULE_NAMES: frozenset[str] = frozenset(check.RULE for check in ALL_CHECKS)
LAWS: frozenset[str] = frozenset(check.RULE for check in ALL_CHECKS if check.IS_LAW)
NEVER_WAIVED: frozenset[str] = frozenset({"reference-unknown", "rule-unclear", "score-bounds"})
PARAMETERS: dict[str, dict[str, str]] = {  # by rule: what a form may set besides 级别
    check.RULE: dict(getattr(check, "PARAMETERS", {})) for check in ALL_CHECKS
}
RULE_CODES: dict[str, str] = {check.RULE: check.CODE for check in ALL_CHECKS}
