"""Rows that were laid out by columns are the same rows again."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from generator.rendering.flat_rows import FlatRows, flatten
from generator.rendering.markup import Markup
from generator.rendering.merge_flags import flag_merges

TEXTS = st.one_of(st.text("甲a", max_size=1), st.text("甲", max_size=1).map(Markup))
GROUPS = st.one_of(st.none(), st.integers(0, 2))
ROWS = st.lists(st.fixed_dictionaries({"名": TEXTS, "值": TEXTS}), min_size=1, max_size=6)


@given(ROWS, st.data())
def test_rows_are_told_by_their_columns(rows: list[dict[str, object]], data: st.DataObject) -> None:
    ids = st.lists(GROUPS, min_size=len(rows), max_size=len(rows))
    flagged = flag_merges(rows, data.draw(st.dictionaries(st.sampled_from("名值"), ids)))
    flat = pickle.loads(pickle.dumps(flatten(flagged)))
    assert isinstance(flat, FlatRows)
    assert flat.to_rows() == flagged
    assert [kinds(row) for row in flat.to_rows()] == [kinds(row) for row in flagged]


def kinds(row: dict[str, object]) -> dict[str, object]:
    """What equal texts may differ by."""
    flags = row["并"]
    assert isinstance(flags, dict)
    places = {name: (flag.place, flag.size) for name, flag in flags.items()}
    return {**{name: type(cell) for name, cell in row.items()}, "并": places}


def test_other_values_are_left_alone() -> None:
    flags = flag_merges([{"名": "甲"}], {})
    for value in ("甲", (), ("甲",), [*flags], ({"名": "甲"},), (*flags, {"名": "乙"})):
        assert flatten(value) is value
    number = flag_merges([{"名": 1}], {})
    assert flatten(number) is number
