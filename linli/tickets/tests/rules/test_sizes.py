import pytest

from linli.tickets.rules.sizes import Facts, big_reasons, not_small_reasons, size_of

LIMITS = {"small_cost_yuan": 200, "big_households": 10, "big_buildings": 1, "big_voices": 10, "big_days": 30}


def test_size_is_small_when_every_test_of_srq_020_holds():
    judged = size_of(Facts(cost_yuan=200), LIMITS)
    assert (judged.size, judged.reasons) == ("small", ("all_at_hand",))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(is_inside_duty=False), "outside_duty"),
        (Facts(hands="company"), "other_hands"),
        (Facts(cost_yuan=201), "costs_more"),
        (Facts(is_cost_covered=False), "not_covered"),
        (Facts(needs_decision=True), "needs_decision"),
        (Facts(is_opposed=True), "is_opposed"),
        (Facts(needs_power=True), "needs_power"),
    ],
)
def test_size_is_general_when_one_test_of_srq_020_fails(facts, reason):
    judged = size_of(facts, LIMITS)
    assert (judged.size, judged.reasons) == ("general", (reason,))
    assert not_small_reasons(facts, LIMITS) == (reason,)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(buildings=2), "many_buildings"),
        (Facts(households=10), "many_households"),
        (Facts(needs_common_money=True), "common_money"),
        (Facts(interests_conflict=True), "interests_conflict"),
        (Facts(failures=2), "failed_twice"),
        (Facts(voices=10), "many_voices"),
        (Facts(table_agreed=True), "table_agreed"),
    ],
)
def test_size_is_big_when_one_test_of_srq_021_holds(facts, reason):
    judged = size_of(facts, LIMITS)
    assert (judged.size, judged.reasons) == ("big", (reason,))


def test_size_is_not_big_just_below_the_limits():
    assert big_reasons(Facts(buildings=1, households=9, failures=1, voices=9), LIMITS) == ()
