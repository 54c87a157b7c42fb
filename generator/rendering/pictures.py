"""Pictures in a document: drawn in a run, and put into the package once, named by content."""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.amounts import round_half_up
from generator.domain.blocks import Image, Picture
from generator.patterns import pattern
from generator.rendering.markup import Markup
from generator.rendering.package import PackageError
from generator.rendering.type_area import Area
from generator.rendering.xml_tree import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    WP,
    make_in,
    parse_xml,
    to_bytes,
)

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MILLIMETRE, _PIXEL, _TWENTIETH = 36000, 9525, 635  # in English Metric Units; 96 pixels an inch
_CAPTION = 1200  # twentieths of a point that a caption below needs
_TYPES = "[Content_Types].xml"
_NEW_ID = '<wp:docPr id="0"'  # numbered when the document is complete; in text `<` is escaped
_IDS = pattern(r'<wp:docPr [^>]*?\bid="(\d+)"')
_USED = pattern(r'r:embed="rIdP([0-9a-f]{64})"')


def draw(picture: Picture, area: Area) -> Markup:
    """Return a run with the picture, as wide as asked and never larger than the room.

    A picture that cannot be used has a finding, which stops the document unless it is a draft.
    """
    image = picture.image
    if image is None:
        return Markup(
            '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>【待补图片：{}】</w:t></w:r>'
        ).format(picture.file)
    width, height = _size(image, picture.width, area)
    return Markup(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>{_NEW_ID} name="图" descr="{{title}}"/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        '<pic:nvPicPr><pic:cNvPr id="0" name="图" descr="{title}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_R}" r:embed="rIdP{image.digest}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    ).format(title=picture.title)


def _size(image: Image, millimetres: Decimal | None, area: Area) -> tuple[int, int]:
    wanted = image.width * _PIXEL
    if millimetres is not None:
        wanted = int(round_half_up(millimetres * _MILLIMETRE, 0))
    tallest = max(area.height - _CAPTION, 1) * _TWENTIETH
    width = min(wanted, area.width * _TWENTIETH, tallest * image.width // image.height)
    return max(width, 1), max(width * image.height // image.width, 1)


def add_pictures(members: Mapping[str, bytes], images: Iterable[Image]) -> dict[str, bytes]:
    """Return a package with the pictures that its parts show, each once.

    Raises:
        PackageError: A file is no longer what was checked.
    """
    known = {image.digest: image for image in images}
    changed = dict(members)
    for name, blob in members.items() if known else ():
        text = blob.decode() if name.startswith("word/") and name.endswith(".xml") else ""
        used = sorted({known[found] for found in _USED.findall(text)}, key=lambda one: one.digest)
        if used:
            changed[name] = _numbered(text).encode()
            relations = f"word/_rels/{name.removeprefix('word/')}.rels"
            changed[relations] = _related(changed.get(relations), used)
            changed[_TYPES] = _typed(changed[_TYPES], used)
            changed |= {f"word/{_target(image)}": _read(image) for image in used}
    return changed


def _target(image: Image) -> str:
    return f"media/{image.digest}.{image.kind}"


def _read(image: Image) -> bytes:
    try:
        blob = image.path.read_bytes()
    except OSError:
        blob = b""
    if hashlib.sha256(blob).hexdigest() != image.digest:
        raise PackageError(f"图片 {image.file} 在生成时有变化，请重新运行")
    return blob


def _numbered(text: str) -> str:
    """Give each new picture a number that no other of the part has."""
    taken = max((int(found) for found in _IDS.findall(text)), default=0)
    first, *others = text.split(_NEW_ID)
    pieces = (f'<wp:docPr id="{taken + n}"{other}' for n, other in enumerate(others, 1))
    return "".join((first, *pieces))


def _related(blob: bytes | None, images: Iterable[Image]) -> bytes:
    root = parse_xml(blob or f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())
    for image in images:
        name = {"Id": f"rIdP{image.digest}", "Type": f"{_R}/image", "Target": _target(image)}
        root.append(make_in(RELATIONSHIPS, "Relationship", name))
    return to_bytes(root)


def _typed(blob: bytes, images: Iterable[Image]) -> bytes:
    root = parse_xml(blob)
    known = {entry.get("Extension", "").lower() for entry in root}
    for kind in sorted({image.kind for image in images} - known):
        kinds = {"Extension": kind, "ContentType": f"image/{kind}"}
        root.insert(0, make_in(CONTENT_TYPES, "Default", kinds))
    return to_bytes(root)
