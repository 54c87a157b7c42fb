"""What is packed is read back, or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from generator.freshness.kept_values import pack, unpack
from generator.rendering.markup import Markup

VALUES = st.recursive(
    st.one_of(st.text(max_size=3), st.text(max_size=3).map(Markup), st.decimals(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=6,
)


@given(VALUES)
def test_what_is_packed_is_read_back(value: object) -> None:
    assert unpack(pack(value)) == value


@given(VALUES, st.data())
def test_of_damaged_bytes_nothing_is_read(value: object, data: st.DataObject) -> None:
    packed = bytearray(pack(value))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    assert unpack(bytes(packed)) is None
    assert unpack(bytes(packed[:at])) is None
