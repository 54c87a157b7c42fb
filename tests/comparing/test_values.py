"""Two numbers beside each other: by how much, and whether only the point moved."""

import pytest

from generator.comparing.values import explain_numbers, show


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("508", "408", "减少 100"),
        ("846.6", "84.66", "减少 761.94，只差小数点的位置"),
        ("5000", "50", "减少 4950，只差小数点的位置"),
        ("50660.00", "50660", "数相同，只改写法"),
        ("5%", "10%", "增加 5 个百分点"),
        ("5%", "0.05", ""),
        ("20个", "25个", ""),
        (None, "5", ""),
    ],
)
def test_a_change_of_a_number_is_explained(before, after, said):
    assert explain_numbers(before, after) == said


def test_values_are_shown_as_a_clerk_reads_them():
    assert show(None) == "（未填）"
    assert show("") == "（空白）"
    assert show(["甲", "乙"]) == "甲、乙"
    assert show({"年初": "20个", "调整后": "25个"}) == "年初 20个，调整后 25个"
