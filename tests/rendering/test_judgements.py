"""What is remembered of a piece is found by all of it, and only for as long as there is room."""

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rendering import judgements
from generator.rendering.form_memory import FormMemory
from generator.rendering.judgements import Judgements

PIECES = st.one_of(
    st.none(), st.text("ab(:'", max_size=3), st.text("ab(:0", max_size=3).map(str.encode)
)
GIVEN = st.recursive(PIECES, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=5)


@given(GIVEN, GIVEN)
def test_different_pieces_have_different_keys(one: object, other: object) -> None:
    keys = {judgements._hash((one,)), judgements._hash((other,))}
    assert len(keys) == (1 if one == other else 2)


def test_what_was_asked_for_last_is_kept(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judgements, "_MOST", 3)
    memory = FormMemory(str(tmp_path), "1", lambda _: "")
    for run, expected in (("abc", "abc"), ("c", "abc"), ("d", "abd"), ("cefg", "cef")):
        known = Judgements()
        known.recall(memory)
        for key in run:
            if known.find(key.encode()) is None:
                known.learn(key.encode(), key)
        known.keep(memory)
        again = Judgements()
        again.recall(memory)
        kept = "".join(key for key in "abcdefg" if again.find(key.encode()) == (key,))
        assert kept == expected


def test_of_another_program_nothing_is_remembered(tmp_path: pathlib.Path) -> None:
    known = Judgements()
    known.learn(b"a", None)
    known.keep(FormMemory(str(tmp_path), "1", lambda _: ""))
    for program, expected in (("1", (None,)), ("2", None)):
        again = Judgements()
        again.recall(FormMemory(str(tmp_path), program, lambda _: ""))
        assert again.find(b"a") == expected
