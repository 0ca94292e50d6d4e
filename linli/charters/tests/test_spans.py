from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.charters.rules import OfficeHours, Span, due_at, official_calendar
from linli.charters.rules.spans import is_never_longer, parse_span, say_span
from linli.charters.tests.test_days import moments

HOURS = OfficeHours()
spans = st.one_of(
    st.builds(Span, st.integers(1, 60), st.sampled_from(["hours", "working_hours", "days", "working_days"])),
    st.builds(Span, st.integers(1, 5000), st.just("minutes")),
    st.just(Span(0, "same_day")),
)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("5个工作日", Span(5, "working_days")),
        ("5 working days", Span(5, "working_days")),
        ("5 working_days", Span(5, "working_days")),
        ("0.5个工作日", Span(Fraction(1, 2), "working_days")),
        ("4个工作小时", Span(4, "working_hours")),
        ("2小时", Span(2, "hours")),
        ("1 hour", Span(1, "hours")),
        ("30分钟", Span(30, "minutes")),
        ("15天", Span(15, "days")),
        ("当天", Span(0, "same_day")),
        ("立即", Span(0, "minutes")),
        ("依法", Span(0, "by_law")),
    ],
)
def test_span_is_read_and_said(words, span):
    assert parse_span(words) == span
    assert parse_span(say_span(span, "zh").replace("下一个", "下次").replace("法律规定的期限", "依法")) == span


@pytest.mark.parametrize("words", ["", "soon", "5", "天", "-5天", "0.5天", "5天天"])
def test_span_that_is_none_is_refused(words):
    with pytest.raises(ValueError):
        parse_span(words)


def test_span_is_said_in_the_readers_language():
    assert say_span(Span(1, "hours"), "en") == "1 hour"
    assert say_span(Span(0, "same_day"), "en") == "the same day"
    assert say_span(Span(5, "days"), "bo") == "ཉིན་5"


@given(spans, spans, moments)
def test_span_that_is_never_longer_never_ends_later(one, other, start):
    if is_never_longer(one, other, HOURS):
        calendar = official_calendar()
        assert due_at(one, start, HOURS, calendar) <= due_at(other, start, HOURS, calendar)
