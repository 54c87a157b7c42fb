"""No text is cut off in the middle (FIELD §3, 35).

Rule: brackets and quotes (成对) come in pairs, each kind by itself, half and full width as one; a
text does not end with a sign of 句中, nor begin with a stop. `1）` of a list, 》 and 《 that stand
for signs, intervals `[60%, 80%)` and references are left alone. The first fault is reported.
Source: re-checkers' practice.

PASS: 按《甲类办法》（试行）建成试点。
FAIL: 按《甲类办法（试行）建成试点，
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.checks.about import About
from generator.checks.quality_rows import any_of
from generator.checks.review import Remark, Review
from generator.checks.texts import read_texts
from generator.findings import Severity
from generator.patterns import pattern

CODE = "Q614"
RULE = "text-cut"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {"成对": "成对的括号和引号，每对写两个字", "句中": "一段文字不会用来结尾的标点"}
ABOUT = About(
    what=(
        "文字可能断了：括号、书名号、引号只有一半，或以逗号、顿号开头、结尾。“1）”这样的序号、"
        "当作 ≥ 用的 》 不算。一段文字报第一处。"
    ),
    basis="复核的惯例",
    example="「按《甲类办法实施」里的「《」没有配对，文字可能断了",
    subject="文字所在，如 `报告.基本情况.项目概况`、`数量指标.0.目标值`",
    remedy="对照原稿补全",
    reason="原报送件印得不全，照录",
)
_WIDTHS = str.maketrans("()﹝﹞,", "（）〔〕，")
_REFERENCE = pattern(r"\{\{[^{}]*\}\}")
_INTERVAL = pattern(r"[\[（][\d.%％+∞-]*\s*，\s*[\d.%％+∞-]*[\]）]")
_LISTED = pattern(r"(?:^|[\s，。；：、;:])[\d一二三四五六七八九十a-zA-Z]{1,3}$")
_BEGINNING = "，、；。"
_EXCERPT = 8
_PAIR = 2


def check(review: Review) -> Iterator[Remark]:
    """Yield texts that seem to have lost a part, at the place where it shows."""
    setting = review.setting(RULE)
    pairs = tuple(pair for pair in setting.words("成对") if len(pair) == _PAIR)
    ends = setting.words("句中")
    whole = _whole(pairs, ends)
    for one in read_texts(review):
        if whole.fullmatch(one.text):
            continue
        at, what = _fault(one.text, pairs, ends)
        if not what:
            continue
        yield Remark(
            place=review.place_in(one.path, at),
            message=f"「{_excerpt(one.text, at)}」{what}，文字可能断了",
            subject=".".join(str(part) for part in one.path),
            hint="对照原稿补全，或改标点",
        )


@lru_cache(maxsize=64)
def _whole(pairs: tuple[str, ...], ends: tuple[str, ...]) -> re.Pattern[str]:
    """Return what nearly all texts match, and no text that is cut.

    Every bracket has its other half and holds no other one, nothing is masked but an interval in a
    pair of brackets, and the first and the last character may stand there.
    """
    opening, closing = _halves(pairs)
    sound = [p for p in pairs if opening[p[0]] == closing[p[1]] == p and p[1] not in opening]
    other = f"[^{_either(''.join(pairs))}{{\\[\\]]*"
    inside = "|".join(f"[{_either(p[0])}]{other}[{_either(p[1])}]" for p in sound) or "(?!)"
    before = f"(?![\\s{_either(_BEGINNING)}])"
    behind = f"(?<![\\s{_either(''.join(ends))}])"
    return pattern(f"{before}{other}(?:(?:{inside}){other})*{behind}\\s*")


def _either(characters: str) -> str:
    """Return characters, of either width, as they stand in a set."""
    narrow = [chr(code) for code, wide in _WIDTHS.items() if chr(wide) in characters]
    return re.escape(characters + "".join(narrow))


def _halves(pairs: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    return {p[0]: p for p in pairs}, {p[1]: p for p in pairs}


def _fault(typed: str, pairs: tuple[str, ...], ends: tuple[str, ...]) -> tuple[int, str]:
    """Return where a text is cut and how it shows; blank where it is whole."""
    text = typed.translate(_WIDTHS)  # places stay the same
    for mask in (_REFERENCE, _INTERVAL):
        text = mask.sub(lambda found: "x" * len(found[0]), text)
    at = _unpaired(text, pairs)
    if at is not None:
        return at, f"里的「{typed[at]}」没有配对"
    if not text.strip() or not ends:
        return 0, ""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip()) - 1
    if text[last] in ends:
        return last, f"以「{typed[last]}」结尾"
    if text[first] in _BEGINNING and last > first:
        return first, f"以「{typed[first]}」开头"
    return 0, ""


def _unpaired(text: str, pairs: tuple[str, ...]) -> int | None:
    """Return the first bracket without its other half, each kind counted by itself."""
    opening, closing = _halves(pairs)
    opened: dict[str, list[int]] = {pair: [] for pair in pairs}
    alone: list[int] = []
    for found in any_of((*opening, *closing)).finditer(text):
        at, character = found.start(), found[0]
        if character in opening:
            opened[opening[character]].append(at)
        else:
            places = opened[closing[character]]
            if places:
                places.pop()
            elif not _is_listed(text, at):
                alone.append(at)
    alone += [at for places in opened.values() for at in places]
    start = len(text) - len(text.lstrip())
    return min((at for at in alone if not _is_sign(text, at, start)), default=None)


def _is_sign(text: str, at: int, start: int) -> bool:
    """Say whether 》 or 《 stands for ≥ or ≤: at the beginning, or before a figure."""
    return text[at] in "《》" and (at == start or text[at + 1 : at + 2].isdigit())


def _is_listed(text: str, at: int) -> bool:
    return text[at] == "）" and _LISTED.search(text[max(0, at - 5) : at]) is not None


def _excerpt(text: str, at: int) -> str:
    before = text[:at].splitlines()[-1] if at and text[at - 1] != "\n" else ""
    after = text[at:].splitlines()[0]
    return f"{before[-_EXCERPT:]}{after[:_EXCERPT]}".strip()
