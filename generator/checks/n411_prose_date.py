"""A day in prose exists, and what was done with the money was done near the year (FIELD §3, 18).

Rule: a full date is a day of the calendar; in a sentence that tells of an event (事), a full date
is not further than 阈值 years before the year of the report, nor after the year behind it.
Source: re-checkers' practice.

PASS: 2020年6月5日拨付50万元；2010年6月5日印发的办法
FAIL: 2002年6月5日拨付50万元；2020年2月30日召开
"""

from collections.abc import Iterator
from datetime import date

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.checks.texts import read_texts, read_whole
from generator.findings import Place, Severity
from generator.patterns import pattern

CODE = "N411"
RULE = "prose-date"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "事": "说的是办事而不是引用文件的词，如 拨付",
    "阈值": "比本年度早几年以上，可能是打错了年份",
}
ABOUT = About(
    what=(
        "正文里的日期没有这一天（2月30日）；写着拨付、召开、开工一类的事，年份却比本年度早很多，"
        "或在次年以后，可能是打错了，如2020写成2002。引用文件的日期不查。"
    ),
    basis="复核的惯例",
    example="「2002年6月5日」离2020年度太远，可能打错了年份",
    subject="文字所在，如 `报告.项目资金使用情况`",
    remedy="对照凭证改正",
    reason="确实是那一年的事，凭证存档",
)
_DAY = pattern(r"((?:19|20|21)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_TITLE = pattern(r"《[^《》\n]*》")
_STOPS = pattern(r"[。；;\n]")


def check(review: Review) -> Iterator[Remark]:
    """Yield days that are none, and days of events too far from the year."""
    setting, year = review.setting(RULE), review.project.year
    events, limit = setting.words("事"), setting.number("阈值")
    for one in read_texts(review) if _DAY.search(read_whole(review)) else ():
        if one.is_value or not _DAY.search(one.text):
            continue
        text = _TITLE.sub(lambda found: "\x00" * len(found[0]), one.text)
        for found in _DAY.finditer(text):
            what = ""
            if not _exists(*(int(part) for part in found.groups())):
                what = "没有这一天"
            elif limit is not None:
                told = int(found[1])
                sentence = _sentence(text, found.start(), found.end())
                is_far = told < year - limit or told > year + 1
                if is_far and any(word in sentence for word in events):
                    what = f"离{year}年度太远，可能打错了年份"
            if what:
                place = review.place_in(one.path, found.start())
                yield Remark(
                    place=Place(place.file, place.line, place.column, len(found[0])),
                    message=f"「{found[0]}」{what}",
                    subject=".".join(str(part) for part in one.path),
                    hint="对照凭证改正",
                )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _sentence(text: str, start: int, end: int) -> str:
    before = _STOPS.split(text[:start])[-1]
    return before + text[start:end] + _STOPS.split(text[end:])[0]
