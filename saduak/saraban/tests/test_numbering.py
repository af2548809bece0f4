"""Numbers of letters, taken apart and put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.saraban import numbering


@pytest.mark.parametrize(
    ("printed", "prefix", "running", "circular"),
    [
        ("มท ๐๘๑๐.๗/ว ๓๑๕๓", "มท 0810.7", "3153", True),
        ("ที่ อว ๕๕๑๕.๑ /๐๑๗๔", "อว 5515.1", "0174", False),
        ("วท๒.๐๕๕๖", "วท 2", "0556", False),
        ("กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙", "กค (กวจ) 0405.2", "119", True),
        ("อว ๐๖๐๓.๐๑(๔)/ว ๑๒๓๔", "อว 0603.01(4)", "1234", True),
        ("นร ๐๑๐๖/ว(ล) ๑๒", "นร 0106", "12", True),
        ("พร ๐๐๕๓.๗/ว", "พร 0053.7", None, True),
        ("สทช 5503.3/", "สทช 5503.3", None, False),
    ],
)
def test_parse(printed, prefix, running, circular):
    number = numbering.parse(printed)
    assert (number.prefix, number.running, number.circular) == (prefix, running, circular)
    assert number.complete == (running is not None)


def test_parse_order_number():
    number = numbering.parse("๐๕๕๕/๒๕๖๓")
    assert (number.running, number.year, number.letters) == ("0555", "2563", None)


@pytest.mark.parametrize("text", ["", "ที่", "มท", "1234", "๑ มกราคม ๒๕๖๕", "มท/ว", "ก" * 5000, "1/" * 5000])
def test_parse_what_is_no_number(text):
    assert numbering.parse(text) is None


def test_compose():
    assert numbering.compose("มท 0810.7", 3153, circular=True) == "มท ๐๘๑๐.๗/ว ๓๑๕๓"
    assert numbering.compose("มท ๐๘๑๐.๗", 12, digits="arabic") == "มท 0810.7/12"
    assert numbering.compose("พร 0023.7", None, circular=True) == "พร ๐๐๒๓.๗/ว"


def test_compose_refuses_a_running_number_below_one():
    with pytest.raises(ValueError, match="starts at 1"):
        numbering.compose("มท 0810", 0)


@given(
    st.sampled_from(["มท 0810.7", "พร 0017.2", "อว 8115", "กค (กวจ) 0405.2"]),
    st.integers(1, 99999),
    st.booleans(),
    st.sampled_from(["thai", "arabic"]),
)
def test_what_is_composed_is_parsed_again(prefix, running, circular, digits):
    number = numbering.parse(numbering.compose(prefix, running, circular=circular, digits=digits))
    assert (number.prefix, number.running, number.circular) == (prefix, str(running), circular)


def test_same_looks_past_digits_and_blanks():
    assert numbering.same("มท ๐๘๑๐.๗/ว ๓๑๕๓", "มท0810.7/ว.3153")
    assert not numbering.same("มท 0201/ว 5412", "มท 0201/ว 5512")
