"""What must hold of 检查: rules that exist, parameters that a rule has, arithmetic left alone."""

from collections.abc import Iterator

from generator.checks.catalogue import LAWS, PARAMETERS, RULE_NAMES
from generator.findings import Finding
from generator.reading.refusals import error
from generator.reading.traced import Traced
from generator.suggestions import ask_meant

_ALWAYS = ("级别", "依据", "待核")


def check_settings(tree: Traced) -> Iterator[Finding]:
    """Yield settings of checks that do not exist, or that a check does not have."""
    for name, item in tree.entries.items():
        if name not in RULE_NAMES:
            message = f"检查里没有「{name}」这条规则"
            hint = ask_meant(name, RULE_NAMES)
            yield error("R218", "rubric-check", item.key_place, message, hint=hint)
            continue
        if name in LAWS and item.text("级别") in ("关闭", "警告"):
            what = {"关闭": "不能关闭", "警告": "不能降为警告"}[item.text("级别")]
            message = f"「{name}」核对的是算术，{what}"
            hint = "删去这一级别；个别项目的问题在数据里豁免"
            yield error("R218", "rubric-check", item.place_of("级别"), message, hint=hint)
        known = (*_ALWAYS, *PARAMETERS[name])
        for key, value in item.entries.items():
            if key not in known:
                message = f"检查「{name}」没有参数「{key}」"
                hint = ask_meant(key, known) or f"可写：{'、'.join(known)}"
                yield error("R218", "rubric-check", value.key_place, message, hint=hint)
