"""Which block of one document is which block of another: in order, the likest together."""

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from generator.comparing.wording import RELATED, likeness

_MOST_PAIRS = 40_000  # of a stretch; beyond it only what stands at the same place is compared
NONE = -1
Step = tuple[int, int]  # an old and a new index; NONE where it has no partner


class Unit(Struct, frozen=True):
    """What is compared: equal keys are equal things; only of one kind are two ever a pair."""

    kind: str
    key: Hashable
    text: str
    is_lasting: bool = False  # two of its kind are a pair however little they share


def align(before: Sequence[Unit], after: Sequence[Unit]) -> list[Step]:
    """Return the steps from one sequence to the other; both indices only rise."""
    steps: list[Step] = []
    keys = [unit.key for unit in before], [unit.key for unit in after]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            steps += zip(range(a, a_end), range(b, b_end), strict=True)
        else:
            pairs = _pairs(before[a:a_end], after[b:b_end])
            steps += _walk(range(a, a_end), range(b, b_end), [(a + x, b + y) for x, y in pairs])
    return steps


def _walk(olds: range, news: range, pairs: list[tuple[int, int]]) -> Iterator[Step]:
    """Yield the pairs, and before each what was deleted and what was added there."""
    a, b = olds.start, news.start
    for x, y in [*pairs, (olds.stop, news.stop)]:
        yield from ((one, NONE) for one in range(a, x))
        yield from ((NONE, one) for one in range(b, y))
        if x < olds.stop:
            yield x, y
        a, b = x + 1, y + 1


def _pairs(before: Sequence[Unit], after: Sequence[Unit]) -> list[tuple[int, int]]:
    """Return the pairs that rise on both sides and are together the likest."""
    is_short = len(before) * len(after) <= _MOST_PAIRS
    scores = [
        [_score(old, new) if is_short or a == b else 0 for b, new in enumerate(after)]
        for a, old in enumerate(before)
    ]
    width = len(after) + 1
    best = [[0] * width for _ in range(len(before) + 1)]  # of what is left from here on
    for a in reversed(range(len(before))):
        for b in reversed(range(len(after))):
            score = scores[a][b]
            together = score + best[a + 1][b + 1] if score else 0
            best[a][b] = max(together, best[a + 1][b], best[a][b + 1])
    found: list[tuple[int, int]] = []
    a = b = 0
    while a < len(before) and b < len(after):
        score = scores[a][b]
        if score and best[a][b] == score + best[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _score(old: Unit, new: Unit) -> int:
    if old.kind != new.kind:
        return 0
    score = likeness(old.text, new.text)
    if old.is_lasting:
        return score + 1
    return max(0, score + 1 - RELATED)  # one good pair counts more than two poor ones
