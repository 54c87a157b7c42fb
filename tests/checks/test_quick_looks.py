"""What is looked at closely only where it may matter is read as if all of it had been."""

from hypothesis import given
from hypothesis import strategies as st

from generator.checks.prose import naming, quantities
from generator.checks.prose.naming import name_of, name_words
from generator.checks.prose.quantities import QuantityReader
from generator.pipeline import open_workbench
from tests.conftest import ROOT

TERMS = open_workbench(ROOT).terms
READER = QuantityReader(TERMS)
WORDS = name_words(TERMS.prose)
PIECES = (
    *"0123456789０９,，.．-—~%％ \n\t（）()《》〔〕[]第年月日号:/*×x、",
    *"一二两三十百千万亿零余多约近超某甲·“”",
    *("2020", "20家", "3月5日", "500强", "13900001234", "0354-2639507", "7*24", "不低于", "以上"),
    *TERMS.prose.counters,
    *("要实现", "共", "达到", "指标", "企业", "培训", "新增", "万元", "亿元", "个百分点"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(TEXTS)
def test_figures_are_those_of_a_search_through_the_whole_text(text):
    plain = "".join(dict(quantities._WIDE).get(letter, letter) for letter in text)
    masked = quantities._NO_FIGURES.sub(lambda found: "\x00" * len(found[0]), plain)
    assert quantities._mask(plain) == masked
    figures = [
        found.span()
        for found in READER._words.figure.finditer(masked)
        if found["unit"] or found["many"] or found["low_many"]
    ]
    read = list(READER.read(text))
    assert [one.start for one in read] == [start for start, _ in figures]
    assert READER.may_hold(text) or not read


@given(TEXTS)
def test_the_word_before_a_figure_is_the_one_that_a_search_finds(text):
    found = READER._words.before.search(text[-quantities._REACH :])
    assert quantities._word_before(text, len(text), READER._words) == (found[1] if found else "")


@given(TEXTS)
def test_the_label_of_an_indicator_is_a_part_of_its_name(text):
    assert name_of(text, WORDS) in naming._cleaned(text)
