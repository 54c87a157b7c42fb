"""A paragraph as it was and as it is, in one: runs deleted and inserted, properties changed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from generator.comparing.wording import RELATED, Piece, compare_words, likeness
from generator.patterns import pattern
from generator.rendering.xml_tree import SPACE, Element, canonical, copy_of, local_name, make, w

INSERTED, DELETED = "ins", "del"
_FIRST_OBJECT = 0x100000  # a private plane: one character for each thing that is not text
_AS_DELETED = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
_NOT_COMPARED = ("rPr", "sectPr", "pPrChange")  # of a paragraph's properties
_NUMBER = pattern(r'(<wp:docPr [^>]*?\bid=)"\d+"')  # of a picture: counted anew


class Stamp(Struct, frozen=True):
    """Who changed it, and when (as Word writes it; blank: not said)."""

    author: str
    date: str

    def make(self, name: str) -> Element:
        """Make an element that tracks a change; its number is given when all are known."""
        dated = {"date": self.date} if self.date else {}
        return make(name, id="0", author=self.author, **dated)


class _Atom(Struct, frozen=True):
    """One character, or one thing inside a run, with the look it has."""

    character: str
    look: str
    look_element: Element | None
    thing: Element | None = None  # what is no text: a line break, a picture


def paragraph_key(paragraph: Element) -> tuple[str, ...]:
    """Return what makes two paragraphs the same; how runs divide its text does not."""
    if not _is_plain(paragraph):
        return (_properties_key(paragraph), _normal(paragraph))
    atoms = _atoms(paragraph, {})
    looks = (look for look, _ in groupby(atom.look for atom in atoms))
    things = (_normal(atom.thing) for atom in atoms if atom.thing is not None)
    sizes = (str(sum(1 for _ in group)) for _, group in groupby(atom.look for atom in atoms))
    text = "".join(atom.character for atom in atoms)
    return (_properties_key(paragraph), text, *looks, *sizes, *things)


def merge_paragraphs(old: Element, new: Element, stamp: Stamp) -> Element:
    """Return the new paragraph in which what was changed is tracked; its mark is kept."""
    merged = make("p")
    properties = track_properties(old, new, stamp, "pPr", _NOT_COMPARED)
    if properties is not None:
        merged.append(properties)
    if _is_plain(old) and _is_plain(new):
        merged.extend(_merge_runs(old, new, stamp))
    else:
        for paragraph, kind in ((old, DELETED), (new, INSERTED)):
            tracked = _track_runs(copy_of(paragraph), kind, stamp)
            merged.extend([child for child in tracked if child.tag != w("pPr")])
    return merged


def whole_paragraph(paragraph: Element, kind: str, stamp: Stamp) -> Element:
    """Return a paragraph that is inserted or deleted with its mark."""
    tracked = _track_runs(copy_of(paragraph), kind, stamp)
    mark_end(tracked, kind, stamp)
    return tracked


def end_paragraph(
    paragraph: Element, kind: str, sides: tuple[Element, Element], stamp: Stamp
) -> Element:
    """Return the last paragraph, inserted or deleted but for its mark, which has to stay.

    When its text goes, what the mark before it ended stands here: its properties on that side.

    Args:
        paragraph: Whose text is inserted or deleted.
        kind: INSERTED or DELETED.
        sides: The paragraphs whose properties it has before and after.
        stamp: Who changed it.
    """
    tracked = _track_runs(copy_of(paragraph), kind, stamp)
    own = tracked.find(w("pPr"))
    if own is not None:
        tracked.remove(own)
    properties = track_properties(*sides, stamp, "pPr", _NOT_COMPARED)
    if properties is not None:
        tracked.insert(0, properties)
    return tracked


def mark_end(paragraph: Element, kind: str, stamp: Stamp) -> None:
    """Track the mark of a paragraph: rejecting or accepting joins it to the next one."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    look = properties.find(w("rPr"))
    if look is None:
        look = make("rPr")
        at = [n for n, one in enumerate(properties) if local_name(one) in ("sectPr", "pPrChange")]
        properties.insert(min(at, default=len(properties)), look)
    look.insert(0, stamp.make(kind))


def track_properties(
    old: Element, new: Element, stamp: Stamp, name: str, apart: tuple[str, ...] = ()
) -> Element | None:
    """Return the new properties of two elements, with the old ones where they are others.

    Args:
        old: A paragraph, table, row or cell.
        new: The same as it is now.
        stamp: Who changed it.
        name: Of the properties: pPr, tblPr, trPr, tcPr.
        apart: Names of properties that do not count, and are those of now.
    """
    before, after = old.find(w(name)), new.find(w(name))
    if _key(before, apart) == _key(after, apart):
        return None if after is None else copy_of(after)
    made = make(name) if after is None else copy_of(after)
    change, kept = stamp.make(f"{name}Change"), make(name)
    if before is not None:
        kept.extend([copy_of(child) for child in before if local_name(child) not in apart])
    change.append(kept)
    made.append(change)
    return made


def _key(properties: Element | None, apart: tuple[str, ...]) -> str:
    children = () if properties is None else properties
    return "".join(canonical(child) for child in children if local_name(child) not in apart)


def _properties_key(paragraph: Element) -> str:
    return _key(paragraph.find(w("pPr")), _NOT_COMPARED)


def _is_plain(paragraph: Element) -> bool:
    """Say whether a paragraph has runs only: no link, no field around text, no bookmark."""
    return all(child.tag in (w("pPr"), w("r")) for child in paragraph)


def _normal(element: Element) -> str:
    return _NUMBER.sub(r"\1", canonical(element))


def _atoms(paragraph: Element, codes: dict[str, str]) -> list[_Atom]:
    return [atom for run in paragraph.findall(w("r")) for atom in _atoms_of_run(run, codes)]


def _atoms_of_run(run: Element, codes: dict[str, str]) -> Iterator[_Atom]:
    properties = run.find(w("rPr"))
    look = "" if properties is None or not len(properties) else canonical(properties)
    shown = properties if look else None
    for child in run:
        if child.tag == w("t"):
            yield from (_Atom(one, look, shown) for one in child.text or "")
        elif child.tag != w("rPr"):
            code = codes.setdefault(_normal(child), chr(_FIRST_OBJECT + len(codes)))
            yield _Atom(code, look, shown, child)


def _merge_runs(old: Element, new: Element, stamp: Stamp) -> Iterator[Element]:
    codes: dict[str, str] = {}
    before, after = _atoms(old, codes), _atoms(new, codes)
    a = b = 0
    for piece in _compare(_text(before), _text(after)):
        olds, news = before[a : a + len(piece.before)], after[b : b + len(piece.after)]
        a, b = a + len(olds), b + len(news)
        if piece.is_kept:
            yield from _kept(olds, news, stamp)
        else:
            yield from _changed(olds, news, stamp)


def _text(atoms: Iterable[_Atom]) -> str:
    return "".join(atom.character for atom in atoms)


def _compare(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of a text; one that has become another is replaced whole."""
    if likeness(before, after) < RELATED:
        return (Piece(before, after),)
    return compare_words(before, after)


def _kept(olds: Sequence[_Atom], news: Sequence[_Atom], stamp: Stamp) -> Iterator[Element]:
    """Yield runs of a text that both sides have, where it has another look replaced."""
    pairs = zip(olds, news, strict=True)
    for is_same, group in groupby(pairs, key=lambda pair: _is_same(*pair)):
        left, right = zip(*group, strict=True)
        yield from _runs(right) if is_same else _changed(left, right, stamp)


def _is_same(old: _Atom, new: _Atom) -> bool:
    return old.look == new.look and (old.thing is None) == (new.thing is None)


def _changed(olds: Sequence[_Atom], news: Sequence[_Atom], stamp: Stamp) -> Iterator[Element]:
    for atoms, kind in ((olds, DELETED), (news, INSERTED)):
        if atoms:
            holder = stamp.make(kind)
            holder.extend(list(_runs(atoms)))
            if kind == DELETED:
                _delete_text(holder)
            yield holder


def _runs(atoms: Sequence[_Atom]) -> Iterator[Element]:
    for (_, is_text), group in groupby(atoms, key=lambda one: (one.look, one.thing is None)):
        members = list(group)
        run = make("r")
        if members[0].look_element is not None:
            run.append(copy_of(members[0].look_element))
        if is_text:
            text = make("t")
            text.text = _text(members)
            text.set(SPACE, "preserve")
            run.append(text)
        else:
            run.extend([copy_of(one.thing) for one in members if one.thing is not None])
        yield run


def _track_runs(holder: Element, kind: str, stamp: Stamp) -> Element:
    """Put all runs below a paragraph, link or field into insertions or deletions."""
    for is_run, group in groupby(list(holder), key=lambda child: child.tag == w("r")):
        members = list(group)
        if is_run:
            wrapper = stamp.make(kind)
            members[0].addprevious(wrapper)
            wrapper.extend(members)
            if kind == DELETED:
                _delete_text(wrapper)
            continue
        for child in members:
            if local_name(child).startswith(("bookmark", "proofErr")):
                holder.remove(child)  # one document has a name once
            elif child.tag != w("pPr"):
                _track_runs(child, kind, stamp)
    return holder


def _delete_text(holder: Element) -> None:
    for run in holder:
        for child in run:
            child.tag = _AS_DELETED.get(child.tag, child.tag)
