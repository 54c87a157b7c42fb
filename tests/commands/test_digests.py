"""What is known of files: read once, and again whenever they may be other files."""

import hashlib

from generator.freshness.digests import NO_STAMP, Digests
from generator.rendering.output import write_whole


def seen(digests, path):
    return digests.known_in(str(path.parent))[path.name]


def sha(blob):
    return hashlib.sha256(blob).hexdigest()


def test_what_was_just_written_is_not_read_again(tmp_path):
    path, digests = tmp_path / "甲.docx", Digests()
    stamp = write_whole(path, b"one")
    digests.learn(str(path), sha(b"one"), stamp)
    assert digests.read == 0
    assert seen(digests, path)[-1] == sha(b"one")
    assert digests.now(str(path)) == sha(b"one")


def test_what_somebody_wrote_since_is_read(tmp_path):
    path, digests = tmp_path / "甲.docx", Digests()
    stamp = write_whole(path, b"one")
    path.write_bytes(b"another")
    digests.learn(str(path), sha(b"one"), stamp)
    assert (digests.read, seen(digests, path)[-1]) == (1, sha(b"another"))
    write_whole(path, b"one")  # equal bytes, another file
    digests.learn(str(path), "of no file", NO_STAMP)
    assert seen(digests, path)[-1] == sha(b"one")
    path.unlink()
    digests.learn(str(path), sha(b"one"), stamp)
    assert seen(digests, path) == []
