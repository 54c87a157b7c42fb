"""The zip that we write: any reader of zips finds in it what was put there."""

import io
import zipfile
import zlib

from hypothesis import given
from hypothesis import strategies as st

from generator.rendering.package import Kept, read_package, write_package

TYPES = "[Content_Types].xml"
NAMES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\\"), min_size=1, max_size=20
).filter(lambda name: not name.endswith("/"))
BLOBS = st.binary(max_size=300)
MEMBERS = st.dictionaries(NAMES, st.one_of(BLOBS, BLOBS.map(Kept)), max_size=5)


def zipfile_writes(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, blob in members.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            archive.writestr(entry, blob, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@given(MEMBERS)
def test_what_is_written_is_read(members: dict[str, bytes]) -> None:
    """No document is read back when it is written: this is why."""
    members[TYPES] = b"<Types/>"
    for _ in range(2):  # what is shared is written again as it was
        blob = write_package(members)
        assert read_package(io.BytesIO(blob)) == members
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            assert archive.testzip() is None
            listed = {one.filename: (one.file_size, one.CRC) for one in archive.infolist()}
        assert listed == {name: (len(one), zlib.crc32(one)) for name, one in members.items()}


@given(MEMBERS)
def test_members_are_described_as_zipfile_does(members: dict[str, bytes]) -> None:
    """Word is picky about headers: those of `zipfile` are known to be read everywhere."""
    kinds = [
        {
            (e.filename, e.flag_bits, e.create_version, e.extract_version, e.CRC, e.file_size)
            for e in zipfile.ZipFile(io.BytesIO(blob)).infolist()
        }
        for blob in (write_package(members), zipfile_writes(members))
    ]
    assert kinds[0] == kinds[1]


@given(st.binary(max_size=300))
def test_a_member_that_is_shared_has_the_same_bytes(blob: bytes) -> None:
    shared = Kept(blob)
    packed = [write_package({TYPES: one}) for one in (blob, shared, shared)]
    assert len(set(packed)) == 1
