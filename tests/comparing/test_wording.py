"""Texts word by word: numbers whole, paragraphs in their places, both sides complete."""

from hypothesis import given
from hypothesis import strategies as st

from generator.comparing.wording import compare_texts, compare_words


def shown(pieces):
    """Write pieces as `kept[before→after]`."""
    return "".join(p.after if p.is_kept else f"[{p.before}→{p.after}]" for p in pieces)


def test_a_number_is_one_thing():
    assert shown(compare_words("下拨资金408万元", "下拨资金508万元")) == "下拨资金[408→508]万元"
    assert shown(compare_words("为84.66%。", "为84.67%。")) == "为[84.66%→84.67%]。"
    assert shown(compare_words("共1,000家", "共10,000家")) == "共[1,000→10,000]家"


def test_a_reference_is_one_thing():
    before, after = "资金{{ 资金.全年预算数 }}万元", "资金{{ 资金.全年执行数 }}万元"
    expected = "资金[{{ 资金.全年预算数 }}→{{ 资金.全年执行数 }}]万元"
    assert shown(compare_words(before, after)) == expected


def test_what_was_put_in_and_taken_out_is_shown_alone():
    assert shown(compare_words("开展培训三次", "开展专题培训三次")) == "开展[→专题]培训三次"
    assert shown(compare_words("基本完成了任务", "完成了任务")) == "[基本→]完成了任务"


def test_only_the_paragraphs_that_differ_are_told_with_their_numbers():
    before = "第一段不变。\n第二段有15家企业。\n第三段不变。\n第四段去掉。"
    after = "第一段不变。\n新加的内容在这里。\n第二段有17家企业。\n第三段不变。"
    found = compare_texts(before, after)
    assert [(one.old_number, one.number) for one in found] == [(0, 2), (2, 3), (4, 0)]
    assert shown(found[1].pieces) == "第二段有[15→17]家企业。"


def test_breaks_and_blanks_alone_are_no_difference():
    assert compare_texts("甲\n\n乙 \n", "甲\n乙") == ()


def test_a_private_character_of_the_text_survives():
    text = "甲\U000f0000乙12"
    assert shown(compare_words(text, text + "3")) == "甲\U000f0000乙[12→123]"


def test_a_long_text_that_was_rewritten_is_compared():
    before = "".join(chr(0x4E00 + n * 7 % 3000) for n in range(4000))
    after = "".join(chr(0x4E00 + n * 11 % 3000) for n in range(4000))
    assert compare_texts(before, after)  # it comes to an end


TEXTS = st.text(alphabet="甲乙丙，。12.3%{ }资\n", max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_give_both_texts_again(before, after):
    pieces = compare_words(before, after)
    assert "".join(piece.before for piece in pieces) == before
    assert "".join(piece.after for piece in pieces) == after
    assert all(piece.before or piece.after for piece in pieces)


@given(before=TEXTS, after=TEXTS)
def test_paragraphs_that_are_not_told_are_equal_and_in_order(before, after):
    found = compare_texts(before, after)
    old, new = ([x.strip() for x in text.splitlines() if x.strip()] for text in (before, after))
    changed_old = {one.old_number for one in found if one.old_number}
    changed_new = {one.number for one in found if one.number}
    kept_old = [line for at, line in enumerate(old, 1) if at not in changed_old]
    assert kept_old == [line for at, line in enumerate(new, 1) if at not in changed_new]
