"""Where a place lies, by the outlines of the provinces; towns near borders, and places abroad."""

import pytest

from saduak.web import thailand


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [
        ("54", 18.1446, 100.1403),  # Phrae
        ("55", 18.78, 100.77),  # Nan
        ("10", 13.7563, 100.5018),  # Bangkok
        ("90", 7.0086, 100.4747),  # Hat Yai
        ("49", 16.5453, 104.7235),  # Mukdahan, on the river that is the border
        ("57", 20.4335, 99.8762),  # Mae Sai, the northernmost
        ("95", 5.7744, 101.0723),  # Betong, the southernmost
        ("34", 15.32, 105.50),  # Khong Chiam, the easternmost
        ("63", 16.7131, 98.5710),  # Mae Sot
        ("84", 9.512, 100.05),  # Ko Samui, an island
    ],
)
def test_towns_lie_in_their_provinces(code, latitude, longitude):
    assert thailand.province_at(latitude, longitude) == code
    assert thailand.in_province(code, latitude, longitude)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (16.84, 96.17),
        (11.55, 104.9),
        (9.5, 101.5),
        (100.14, 18.14),
        (18.14, -100.14),
        (0, 0),
        (3.14, 101.69),
        (90, 180),
    ],
)
def test_places_abroad_at_sea_or_turned_round_are_not_in_thailand(latitude, longitude):
    assert not thailand.in_thailand(latitude, longitude)


def test_all_77_provinces_are_drawn_and_the_picture_is_small():
    assert len(thailand.outlines()) == 77
    assert len(thailand.country()) < 40_000
    assert thailand.close_up("54") != thailand.close_up("") == "0 0 560 1025"
    assert thailand.drawn("") == ""
    assert not thailand.in_province("54", 18.78, 100.77)
    assert thailand.in_province("00", 18.78, 100.77)  # a province nobody has drawn is not held against anybody
    assert thailand.province_name("54", "en") == "Phrae"
    assert thailand.province_name("", "th") == ""
