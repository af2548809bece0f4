"""No group smaller than the least one can be told, directly or by subtraction. Pure."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saduak.surveys.small_groups import hidden, shown


@pytest.mark.parametrize(
    ("counts", "gone"),
    [
        ({"a": 9, "b": 5}, set()),
        ({"a": 9, "b": 4}, {"a", "b"}),  # the whole less a would tell b
        ({"a": 9, "b": 4, "c": 6}, {"b", "c"}),  # the smallest of the others goes with it
        ({"a": 9, "b": 3, "c": 2}, {"b", "c"}),  # together they are five
        ({"a": 9, "b": 0}, set()),
        ({"a": 1}, {"a"}),
        ({}, set()),
    ],
)
def test_what_is_hidden_among_the_parts_of_a_group(counts, gone):
    assert hidden(counts, 5) == gone


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(st.lists(st.integers(0, 20), max_size=8), st.integers(2, 7))
def test_the_rest_is_nothing_or_large_enough(answers, least):
    counts = {str(number): many for number, many in enumerate(answers)}
    gone = hidden(counts, least)
    rest = sum(counts[name] for name in gone)
    all_gone = all(name in gone for name, many in counts.items() if many)
    assert rest == 0 or rest >= least or all_gone
    assert all(many == 0 or many >= least for name, many in counts.items() if name not in gone)


@pytest.mark.parametrize(
    ("levels", "total", "may"),
    [
        ([], 5, True),
        ([], 4, False),
        ([({"p": 8, "q": 7}, "p")], 15, True),
        ([({"p": 8, "q": 2}, "p")], 10, False),
        ([({"p": 9, "q": 5}, "p"), ({"d": 5, "e": 4}, "d")], 14, False),
        ([({"p": 12, "q": 5}, "p"), ({"d": 5, "e": 7}, "d")], 17, True),
        ([({"p": 12, "q": 3}, "p"), ({"d": 5, "e": 7}, "d")], 15, False),  # below what is hidden all is hidden
    ],
)
def test_what_may_be_shown_at_the_end_of_a_way_down(levels, total, may):
    assert shown(levels, total, 5) is may
