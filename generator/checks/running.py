"""Running the checks over one project, and applying its waivers."""

import re
from collections.abc import Iterable, Iterator, Set
from typing import Protocol

from msgspec.structs import replace

from generator.checks import ALL_CHECKS
from generator.checks.catalogue import BETWEEN_RULES, NEVER_WAIVED, RULE_NAMES
from generator.checks.review import Check, Remark, Review, Rule
from generator.domain.model import Places, Waiver
from generator.findings import Finding, Place, Severity
from generator.suggestions import ask_meant

_LEAST_REASON = 4  # characters


class Waiving(Protocol):
    """Whose findings may be waived: a project, or what is kept of one."""

    @property
    def id(self) -> str:
        """Return 2020/unit/project."""

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """Return what 豁免 says."""

    @property
    def place_of(self) -> Places:
        """Return where a path of the data stands."""


def run_checks(review: Review) -> tuple[Finding, ...]:
    """Return every finding of a project, waivers applied, in the order of the data."""
    found = [finding for check in ALL_CHECKS for finding in _run(check, review)]
    waived = list(apply_waivers(review.project, found, later=BETWEEN_RULES))
    return tuple(sorted(waived, key=lambda finding: (finding.place, finding.code)))


def _run(check: Check, review: Review) -> Iterator[Finding]:
    setting = review.setting(check.RULE)
    if setting.is_off and not check.IS_LAW:
        return
    project = review.project.id
    try:
        for remark in check.check(review):
            severity = remark.severity or setting.severity or check.SEVERITY
            yield stamp(check, remark, severity, project)
    except Exception as fault:  # a broken check is a finding that names it
        remark = broken_remark(check, review.place(), type(fault).__name__)
        yield stamp(check, remark, Severity.ERROR, project)


def broken_remark(check: Rule, place: Place, fault: str) -> Remark:
    """Say that a check broke, and by what."""
    hint = "这是程序的错误，请把数据文件交给维护人"
    return Remark(place, f"检查 {check.RULE} 没有做完：{fault}", hint=hint)


def stamp(check: Rule, remark: Remark, severity: Severity, project: str) -> Finding:
    """Return what a check says of a project as a finding."""
    return Finding(
        check.CODE,
        check.RULE,
        severity,
        remark.place,
        remark.message,
        basis=remark.basis,
        hint=remark.hint,
        subject=remark.subject,
        expected=remark.expected,
        project=project,
    )


def apply_waivers(
    project: Waiving, findings: Iterable[Finding], *, later: Set[str] = frozenset()
) -> Iterator[Finding]:
    """Yield the findings, waived ones with their reason, then what is wrong with the waivers.

    Args:
        project: Whose waivers they are.
        findings: What was found of it.
        later: Rules whose checks have not been made yet: a waiver of theirs is not unused.
    """
    used: set[int] = set()
    for finding in findings:
        index = next((n for n, w in enumerate(project.waivers) if covers(w, finding)), None)
        if index is None:
            yield finding
            continue
        used.add(index)
        reason = project.waivers[index].reason
        if names_value(reason, finding.expected):
            yield replace(finding, waived=reason)
        else:
            hint = f"{finding.hint}。原来的豁免没有写明「{finding.expected}」，已不适用"
            yield replace(finding, hint=hint)
    for index, waiver in enumerate(project.waivers):
        yield from _faults(project, waiver, is_used=index in used or waiver.rule in later)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Say whether a waiver is for a finding; 处 may be the end of the subject's path."""
    if waiver.rule in NEVER_WAIVED:
        return False
    if waiver.rule != finding.rule or not is_reasoned(waiver):
        return False
    wanted = waiver.subject.strip()
    return not wanted or any(
        subject == wanted or subject.endswith((f"/{wanted}", f".{wanted}"))
        for subject in _names_of(finding.subject)
    )


def is_reasoned(waiver: Waiver) -> bool:
    """Say whether a waiver has a reason."""
    return len(waiver.reason.strip()) >= _LEAST_REASON


def _names_of(subject: str) -> list[str]:
    """Return a subject, and for rows that share one score each of them by its own name."""
    above, slash, last = subject.rpartition("/")
    parts = last.split("＋") if "＋" in last else []
    return [subject, *(f"{above}{slash}{part}" for part in parts)]


def names_value(reason: str, value: str) -> bool:
    """Say whether a reason names the right value, so that the waiver ends when the data change.

    Without this a waiver of 98 against 97.47 would hide that a later correction made it 95.
    """
    if not value:
        return True
    return bool(re.search(rf"(?<![\d.]){re.escape(value)}(?!\.?\d)", reason))


def _faults(project: Waiving, waiver: Waiver, *, is_used: bool) -> Iterator[Finding]:
    def fault(rule: str, severity: Severity, message: str, hint: str) -> Finding:
        code = {"waiver-rule": "W501", "waiver-reason": "W502", "unused-waiver": "W503"}[rule]
        place = project.place_of(waiver.path)
        return Finding(code, rule, severity, place, message, hint=hint, project=project.id)

    if waiver.rule in NEVER_WAIVED:
        hint = "这样的问题不更正就出不了文档"
        yield fault("waiver-rule", Severity.ERROR, f"「{waiver.rule}」不能豁免", hint)
    elif waiver.rule not in RULE_NAMES:
        hint = ask_meant(waiver.rule, sorted(RULE_NAMES)) or "写检查结果末尾方括号里的名称"
        yield fault("waiver-rule", Severity.ERROR, f"没有规则「{waiver.rule}」，或它不能豁免", hint)
    elif not is_reasoned(waiver):
        message = f"豁免「{waiver.rule}」没有写明理由"
        yield fault("waiver-reason", Severity.ERROR, message, f"理由至少 {_LEAST_REASON} 字")
    elif not is_used:
        where = f"（处 {waiver.subject}）" if waiver.subject else ""
        message = f"豁免「{waiver.rule}」{where}没有用上：没有这样的问题"
        hint = "删去；问题还在的，把「处」改成检查结果末尾写的那样"
        yield fault("unused-waiver", Severity.WARNING, message, hint)
