"""A template that is refused is told everything at once, and no follow-up of its own faults."""

import pytest

from generator.rendering.compiled import read_template
from generator.rendering.names import TemplateUse
from tests.rendering.conftest import Build, Workshop, messages, paragraphs, table


def paths(uses: tuple[TemplateUse, ...]) -> list[str]:
    return [".".join(use.path) for use in uses]


def test_rows_of_a_refused_part_are_known_by_their_list(workshop: Workshop) -> None:
    rows = ("{% 每行 子 于 清单 %}{{ 子.名称 }}", "{{ 子.金额 + 1 }}")
    found = read_template(workshop.save(table(("甲", "乙"), rows)))
    assert paths(found.uses) == ["清单", "清单.*.名称"]


@pytest.mark.parametrize(
    "texts",
    [
        ("{% 每 子 于 清单 %}", "{{ 子.名称 }}"),
        ("{% 每 子 于 清单 %}", "{{ 子.名称 }}", "{% 若 年度 + 1 %}", "文", "{% 完 %}", "{% 完 %}"),
        ("{% 完 %}", "{% 每 子 于 清单 %}", "{{ 子.名称 }}", "{% 完 %}", "{% 完 %}"),
        ("{% 每 子 于 清单 %}", "{{ 子.名称 }}", "{% 否则 %}", "{% 否则 %}", "{% 完 %}"),
    ],
)
def test_blocks_that_do_not_pair_are_mended_to_read_their_names(
    workshop: Workshop, texts: tuple[str, ...]
) -> None:
    found = read_template(workshop.save(paragraphs(*texts)))
    assert paths(found.uses) == ["清单", "清单.*.名称"]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (
            paragraphs("{% 若干 甲 %}文{% 完 %}"),
            "{% 若干 甲 %}：不认识的指令「若干」，「若」后面应有空格",
        ),
        (
            table(("{% 每 行 于 清单 %}", ""), ("{{ 行.名称 }}", ""), ("合计", "")),
            "{% 每 行 于 清单 %} 没有对应的「完」",
        ),
        (paragraphs("{% 若 甲 %}", "文", "{% 完"), "标签没有写完，少了「%}」"),
        (
            table(("甲", "乙"), ("{% 每行 清单+1 %}{{ 行.名称 }}", "{{ 行.分值 }}{% 合并 %}")),
            "{% 每行 清单+1 %}：标签里不能计算，请在数据或表式中算好",
        ),
        (
            table(("甲",), ("{% 每行 清单 %}{{ 行.分值+1 }}{% 合并 %}",)),
            "{{ 行.分值+1 }}：标签里不能计算，请在数据或表式中算好",
        ),
    ],
)
def test_what_follows_from_a_broken_tag_is_not_told(
    workshop: Workshop, build: Build, message: str
) -> None:
    assert messages(workshop.refuse(build)) == [message]


def test_what_is_wrong_elsewhere_is_told_at_once(workshop: Workshop) -> None:
    def build(document) -> None:
        table(("甲", "乙"), ("{% 每行 清单+1 %}{{ 行.名称 }}", "{{ 行.分值 }}{% 合并 %}"))(document)
        table(("{% 每行 清单 %}{{ 行.名称 }}",))(document)
        paragraphs("{% 若 甲 %}", "文")(document)

    places = [problem.where for problem in workshop.refuse(build)]
    assert places == ["表 1 行 2 列 1", "段落 1", "表 2 行 1 列 1"]


@pytest.mark.parametrize(
    ("word", "build", "meant"),
    [
        ("每航", table(("甲",), ("{% 每航 清单 %}",)), "是不是「每行」？"),
        ("每断", paragraphs("{% 每断 清单 %}"), "是不是「每段」？"),
        ("合井", table(("甲",), ("{{ 行.甲 }}{% 合井 %}",)), "是不是「合并」？"),
        ("否测若", paragraphs("{% 否测若 甲 %}"), "是不是「否则若」？"),
    ],
)
def test_a_misspelt_instruction_is_asked_about(
    workshop: Workshop, word: str, build: Build, meant: str
) -> None:
    (message,) = messages(workshop.refuse(build))
    assert f"不认识的指令「{word}」，{meant}" in message
