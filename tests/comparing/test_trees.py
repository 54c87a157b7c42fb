"""Two trees to their differences: by name, then by position and likeness; nothing goes unsaid."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from generator.comparing.trees import Kind, compare_trees


def row(name, target="10个", actual="8个", points="5"):
    return {"名称": name, "目标值": target, "完成值": actual, "分值": points}


def table(**levels):
    return {"绩效指标": {"产出指标": levels}}


def told(before, after):
    """Return (kind, words) of every difference."""
    return [(str(one.kind), "/".join(one.way.words[2:])) for one in compare_trees(before, after)]


def test_equal_trees_have_no_difference():
    tree = table(数量指标=[row("甲"), row("乙")])
    assert told(tree, deepcopy(tree)) == []


def test_an_item_put_in_front_does_not_change_the_others():
    before, after = [row("甲"), row("乙")], [row("丙", target="3次"), row("甲"), row("乙")]
    assert told(table(数量指标=before), table(数量指标=after)) == [("added", "数量指标/丙")]


def test_a_value_is_found_by_the_name_of_its_indicator_after_a_shift():
    before, after = [row("甲"), row("乙")], [row("乙", actual="9个")]
    assert told(table(数量指标=before), table(数量指标=after)) == [
        ("removed", "数量指标/"),
        ("changed", "数量指标/乙/完成值"),
    ]


def test_an_indicator_with_another_name_in_its_place_was_renamed():
    before, after = [row("甲"), row("培训人次")], [row("甲"), row("培训的人次", actual="9个")]
    assert told(table(数量指标=before), table(数量指标=after)) == [
        ("renamed", "数量指标/培训的人次"),
        ("changed", "数量指标/培训的人次/名称"),
        ("changed", "数量指标/培训的人次/完成值"),
    ]


def test_another_indicator_in_its_place_is_another_indicator():
    before = [row("甲", "10个", "8个", "5")]
    after = [row("投诉处理及时率", "≥95%", "97%", "10")]
    kinds = [kind for kind, _ in told(table(数量指标=before), table(数量指标=after))]
    assert kinds == ["removed", "added"]


def test_an_indicator_under_another_level_was_moved_with_its_changes():
    before = table(数量指标=[row("甲"), row("乙")], 质量指标=[])
    after = table(数量指标=[row("甲")], 质量指标=[row("乙", actual="9个")])
    assert told(before, after) == [("moved", "质量指标/乙"), ("changed", "质量指标/乙/完成值")]


def test_of_equal_names_each_stays_where_it_was():
    before = table(数量指标=[row("1%", actual="1%")], 质量指标=[row("1%", actual="2%")])
    after = deepcopy(before)
    after["绩效指标"]["产出指标"]["质量指标"][0]["完成值"] = "3%"
    assert told(before, after) == [("changed", "质量指标/1%/完成值")]


def test_only_the_item_that_was_moved_changes_its_order():
    before = [row(name) for name in "甲乙丙丁"]
    after = [before[3], *before[:3]]
    found = compare_trees(table(数量指标=before), table(数量指标=after))
    assert [(one.kind, one.before, one.after) for one in found] == [
        (Kind.REORDERED, "第4项", "第1项")
    ]


def test_a_level_that_went_takes_its_rows_along_one_by_one():
    before = table(数量指标=[row("甲")], 质量指标=[row("乙"), row("丙")])
    assert [kind for kind, _ in told(before, table(数量指标=[row("甲")]))] == ["removed"] * 2


def test_blocks_of_a_report_are_texts_tables_and_pictures():
    table, other = ({"表": {"题": "拨付", "列": ["甲"], "行": [[n]]}} for n in "12")
    before = {"报告": {"项目": {"概况": ["第一段很长的文字。", table, "第二段的文字。"]}}}
    after = {"报告": {"项目": {"概况": ["第一段很长的文字！", "新的。", other, "第二段的文字。"]}}}
    assert told(before, after) == [
        ("changed", "概况/第1段"),
        ("added", "概况/第2段"),
        ("changed", "概况/拨付/表/行"),
    ]


def test_a_level_without_rows_is_not_no_level():
    assert told(table(), table(质量指标=[])) == [("added", "质量指标")]
    assert told(table(质量指标=None), table(质量指标=[])) == [("changed", "质量指标")]


def test_a_value_left_out_is_not_a_value_left_blank():
    found = compare_trees({"已报送": {"等级": ""}}, {"已报送": {}})
    assert [(one.before, one.after) for one in found] == [("", None)]


TEXTS = st.sampled_from(["", "甲", "乙", "丙丁", "12", "12.0", "一段\n两段"])
ROWS = st.lists(
    st.fixed_dictionaries({"名称": TEXTS, "完成值": TEXTS}, optional={"得分": TEXTS}), max_size=5
)
TREES = st.fixed_dictionaries(
    {
        "资金": st.dictionaries(TEXTS, TEXTS, max_size=3),
        "绩效指标": st.dictionaries(st.sampled_from(["子", "丑", "寅"]), ROWS, max_size=3),
        "词": st.lists(TEXTS, max_size=3),
    }
)


@given(before=TREES, after=TREES)
def test_there_is_a_difference_exactly_where_the_trees_differ(before, after):
    assert compare_trees(before, deepcopy(before)) == ()
    assert bool(compare_trees(before, after)) == (before != after)


@given(tree=TREES)
def test_every_row_of_a_table_that_is_new_is_said(tree):
    added = [one for one in compare_trees({}, tree) if one.is_item]
    rows = sum(len(rows) for rows in tree["绩效指标"].values())
    assert [one.kind for one in added] == [Kind.ADDED] * rows
