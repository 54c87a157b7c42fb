"""What is passed over at a glance as whole is whole when it is looked at closely."""

from hypothesis import given
from hypothesis import strategies as st

from generator.checks.q614_text_cut import _fault, _whole

PAIRS, ENDS = ("（）", "《》", "“”", "〔〕"), ("，", "、", "（")
PARTS = [*"（）()《》“”〔〕﹝﹞，、；。,1x一 \n", "[1，2)", "{{ a }}", '{{ x["（"] }}']
PARTS += ["1）", "》9"]


@given(parts=st.lists(st.sampled_from(PARTS), max_size=8))
def test_no_text_that_is_cut_is_passed_over(parts):
    text = "".join(parts)
    if _whole(PAIRS, ENDS).fullmatch(text):
        assert _fault(text, PAIRS, ENDS) == (0, "")
