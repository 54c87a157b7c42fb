"""From the parts of a document to its file: sealed, judged, and zipped.

The zip is not read back: that any reader finds in it what was put there is proven of the writer.
"""

import posixpath
from collections.abc import Mapping
from importlib import import_module

from msgspec.structs import replace

from generator.rendering.body import Body, find_body
from generator.rendering.package import write_package
from generator.rendering.printed_text import digest_of, digest_texts, read_pieces, read_sides
from generator.rendering.seal import Seal, put_seal
from generator.rendering.sound import is_sound


def finish(members: Mapping[str, bytes], seal: Seal | None) -> tuple[bytes, tuple[str, ...]]:
    """Return the file of a document, and all that is wrong with it.

    Its text is read once, for the seal and for the rules.
    """
    body = find_body(members)
    if seal is not None:
        members = put_seal(members, replace(seal, text=_digest(members, body)))
    blob = write_package(members)
    if is_sound(members, body):
        return blob, ()
    problems: tuple[str, ...] = import_module("generator.rendering.validity").find_problems(blob)
    return blob, problems


def _digest(members: Mapping[str, bytes], body: Body | None) -> str:
    if body is None:
        return digest_of(read_pieces(members))
    sides = read_sides(members, posixpath.dirname(body.part))
    return digest_texts((*body.printed, *(piece.text for piece in sides)))
