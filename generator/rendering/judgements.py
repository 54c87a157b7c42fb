"""What was found out of pieces of documents, remembered from one run to the next.

The documents of a template consist of a few pieces, told apart here by all their bytes. What a rule
says of a piece follows from the piece alone, so a run that meets none but known ones parses none.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from itertools import islice
from typing import TypeVar, cast

from generator.freshness.kept_values import pack, unpack
from generator.rendering.form_memory import FormMemory

_NAME = "judgements"
_MOST = 512  # that are kept
_Rule = TypeVar("_Rule", bound=Callable[..., object])


class Judgements:
    """What is known in a process: by a hash of the rule and the piece, packed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._kept: dict[bytes, bytes] = {}
        self._used: dict[bytes, bytes] = {}  # in this process
        self._has_news = False

    def recall(self, memory: FormMemory) -> None:
        """Take over what an earlier run has kept."""
        found = memory.look_up(_NAME, ())
        if isinstance(found, dict):
            self._kept |= found

    def keep(self, memory: FormMemory) -> None:
        """Keep what was found out since, what was not asked for only as long as there is room."""
        if self._has_news:
            whole = {**self._used, **self._kept}
            memory.keep(_NAME, (), dict(islice(whole.items(), _MOST)))
            self._has_news = False

    def find(self, key: bytes) -> object:
        """Return what was found out, in a tuple; None where nothing is known."""
        packed = self._kept.get(key)
        if packed is not None and len(self._used) < _MOST:
            self._used[key] = packed
        return None if packed is None else unpack(packed)

    def learn(self, key: bytes, found: object) -> None:
        """Remember what was found out."""
        if len(self._used) < _MOST:
            self._used[key] = pack((found,))
            self._has_news = True


JUDGEMENTS = Judgements()


def remembered(most: int) -> Callable[[_Rule], _Rule]:
    """Remember what a rule says of a piece: the last ones at hand, others as they were kept.

    The rule is a pure function of bytes, texts and tuples of them. What it raises is not kept.

    Args:
        most: How many are at hand.
    """

    def decorate(rule: _Rule) -> _Rule:
        name = f"{rule.__module__}.{rule.__qualname__}"

        @wraps(rule)
        def ask(*piece: object) -> object:
            key = _hash((name, *piece))
            known = JUDGEMENTS.find(key)
            if isinstance(known, tuple):
                return known[0]
            found = rule(*piece)
            JUDGEMENTS.learn(key, found)
            return found

        return cast("_Rule", lru_cache(most)(ask))

    return decorate


def _hash(given: tuple[object, ...]) -> bytes:
    digest = hashlib.sha256()
    _feed(digest.update, given)
    return digest.digest()


def _feed(feed: Callable[[bytes], None], one: object) -> None:
    """Feed bytes, text, or a tuple of such to a hash, each with its kind and size before it."""
    if isinstance(one, tuple):
        feed(b"(%d:" % len(one))
        for inner in one:
            _feed(feed, inner)
        return
    is_bytes = isinstance(one, bytes)
    blob = one if isinstance(one, bytes) else repr(one).encode()
    feed(b"%s%d:" % (b"b" if is_bytes else b"r", len(blob)))
    feed(blob)
