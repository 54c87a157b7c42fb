"""Findings on both sides: lines do not count; a waiver is no correction."""

from msgspec.structs import replace

from generator.comparing.remarks import compare_findings
from generator.findings import Finding, Place, Severity

ERROR = Finding("I306", "score-total", Severity.ERROR, Place("a.yaml", 9), "差 2", subject="总分")
NOTE = Finding("Q606", "target-vague", Severity.WARNING, Place("a.yaml", 3), "空话", subject="甲")


def test_what_only_moved_by_lines_or_to_another_level_is_the_same():
    moved = [
        replace(ERROR, place=Place("a.yaml", 12)),
        replace(NOTE, place=Place("a.yaml", 1), subject="乙/甲"),
    ]
    assert not compare_findings((ERROR, NOTE), moved)


def test_a_line_told_in_the_message_does_not_count():
    told, moved = (replace(NOTE, message=f"空话（第 {n} 行）") for n in (3, 12))
    assert not compare_findings((told,), (moved,))


def test_what_came_and_went_is_told_errors_first():
    found = compare_findings((), (NOTE, ERROR))
    assert found.appeared == (ERROR, NOTE)
    assert compare_findings((NOTE, ERROR), ()).gone == (ERROR, NOTE)


def test_other_words_about_the_same_thing_are_one_finding():
    now = replace(ERROR, message="差 3")
    found = compare_findings((ERROR,), (now,))
    assert found.altered == ((ERROR, now),)
    assert not found.appeared
    assert not found.gone


def test_a_waiver_is_not_told_as_a_correction():
    waived = replace(ERROR, waived="照录")
    found = compare_findings((ERROR,), (waived,))
    assert found.excused == (waived,)
    assert not found.gone
    found = compare_findings((waived,), (replace(ERROR, message="差 5"),))
    assert [one.message for one in found.reopened] == ["差 5"]
    assert not found.appeared
    assert not compare_findings((waived,), (waived,))


def test_the_same_words_twice_are_counted():
    assert compare_findings((NOTE,), (NOTE, NOTE)).appeared == (NOTE,)
