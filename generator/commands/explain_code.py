"""One check or one other code: its rule, source, severity, parameters, examples, waiver."""

from collections.abc import Iterator

from generator.checks.about import About, about, docstring_parts
from generator.checks.catalogue import EVERY_CHECK, NEVER_WAIVED
from generator.checks.code_texts import FAMILIES
from generator.checks.codes import Code, Family
from generator.checks.review import Rule
from generator.commands.explain_catalogue import parameters
from generator.commands.explain_tree import Fact, fact
from generator.domain.rubrics import CheckSetting
from generator.errors import UserError
from generator.findings import Place
from generator.options import Console
from generator.patterns import pattern
from generator.pipeline import Workbench, open_workbench
from generator.reading.package import SETTINGS_FILE, list_forms
from generator.reporters import NAMES

_LINK = pattern(r"\[([^\]]+)\]\([^)]*\)")
_PLAIN_NAME = pattern(r"[^\s{}\[\],:#&*!|>'\"%@`？?-][^{}\[\],:#'\"]*")


def explain_code(console: Console, word: str) -> Fact | None:
    """Explain a code or a rule; None where no check and no other code is called so."""
    for check in EVERY_CHECK:
        if word in (check.CODE, check.CODE.lower(), check.RULE):
            return _check(check, about(check), _open(console))
    for family in FAMILIES:
        for code in family.codes:
            if word in (code.code, code.code.lower(), code.rule):
                return _other(family, code)
    return None


def known_words() -> list[str]:
    """Return every code and rule that can be explained."""
    checks = [word for check in EVERY_CHECK for word in (check.CODE, check.RULE)]
    return [*checks, *(w for f in FAMILIES for c in f.codes for w in (c.code, c.rule))]


def _open(console: Console) -> Workbench | None:
    """Open the folder for the present values; None where it is no ziping folder."""
    try:
        return open_workbench(console.root)
    except UserError:
        return None


def _other(family: Family, code: Code) -> Fact:
    remedy = code.remedy or family.remedy
    return fact(
        f"{code.code} {code.rule}",
        _bare(code.what),
        None,
        fact("级别", f"{NAMES[code.severity]}；不能豁免，不能关闭"),
        fact("怎么办", _bare(remedy)) if remedy else None,
    )


def _check(check: Rule, told: About, bench: Workbench | None) -> Fact:
    parts = docstring_parts(check)
    names = ("依据", "通过", "报出", "提示", "处", "怎么办")
    texts = (
        told.basis,
        parts.get("PASS", ""),
        parts.get("FAIL", ""),
        told.example,
        told.subject,
        told.remedy,
    )
    return fact(
        f"{check.CODE} {check.RULE}",
        _bare(told.what),
        None,
        fact("级别", _status(check)),
        *(fact(n, _bare(t)) for n, t in zip(names, texts, strict=True) if t),
        *_settings(check, bench),
        fact("豁免", "写在数据文件里", None, fact("", _waiver(check, told)))
        if check.RULE not in NEVER_WAIVED
        else None,
    )


def _status(check: Rule) -> str:
    off = "表式不能关闭，也不能降级" if check.IS_LAW else "表式可以改级别、可以关闭"
    waived = "不能豁免，只能改正" if check.RULE in NEVER_WAIVED else "可以豁免"
    return f"{NAMES[check.SEVERITY]}；{off}；{waived}"


def _settings(check: Rule, bench: Workbench | None) -> Iterator[Fact]:
    """Yield the parameters with what stands of them in 检查.yaml and in the forms."""
    own = parameters(check)
    if own:
        shared = bench.settings.get(check.RULE, CheckSetting()) if bench else CheckSetting()
        shown = [
            fact(name, _bare(text), None, fact("现为", "、".join(shared.words(name)) or "没有写"))
            for name, text in own.items()
        ]
        yield Fact("参数", "各表式共用的", Place(SETTINGS_FILE), tuple(shown))
    forms = tuple(_forms(check, bench)) if bench else ()
    if forms:
        yield Fact("各表式另写的", below=forms)


def _forms(check: Rule, bench: Workbench) -> Iterator[Fact]:
    for form_id in list_forms(bench.root):
        rubric = bench.package(form_id).rubric
        setting = rubric.checks.get(check.RULE) if rubric else None
        if setting is None:
            continue
        level = NAMES[setting.severity] if setting.severity else ""
        words = [("级别", "关闭" if setting.is_off else level)]
        words += [(name, "、".join(values)) for name, values in setting.parameters.items()]
        yield fact(form_id, "；".join(f"{name} {text}" for name, text in words if text))


def _waiver(check: Rule, told: About) -> str:
    subject = f"处: {_quoted(told.waived)}, " if told.waived else ""
    reason = _quoted(told.reason)
    return f"豁免:\n  - {{规则: {check.RULE}, {subject}理由: {reason}}}"


def _quoted(text: str) -> str:
    return text if _PLAIN_NAME.fullmatch(text) else '"' + text.replace('"', '\\"') + '"'


def _bare(text: str) -> str:
    """Return a line of Markdown as plain text."""
    return _LINK.sub(r"\1", text).replace("`", "")
