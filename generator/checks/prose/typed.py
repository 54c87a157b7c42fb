"""The texts of a project, gone through once for all checks of them."""

from generator.checks.review import Review
from generator.checks.texts import Text, all_texts


def read_texts(review: Review) -> tuple[Text, ...]:
    """Return every text of a project."""
    return review.once("texts", lambda: tuple(all_texts(review.project)))


def read_whole(review: Review) -> str:
    """Return them as one: what does not stand in it stands in none of them."""
    return review.once("whole", lambda: "\x00".join(one.text for one in read_texts(review)))
