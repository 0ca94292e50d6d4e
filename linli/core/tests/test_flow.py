"""State tables, and what `@action` makes of a function."""

import threading

import pytest
from django.db import transaction

from linli.config.models import TickMark
from linli.core.errors import WrongState
from linli.core.flow import Flow, Move, Phase, State, action
from linli.core.times import now
from linli.core.turn import FairLock

LAMP = Flow(
    "REPORTED",
    [State("REPORTED", Phase.OPEN, "已报"), State("PAUSED", Phase.WAITING, "暂停"), State("DONE", Phase.DONE, "办好")],
    [
        Move("mend", ("REPORTED",), "DONE", "修好了"),
        Move("pause", ("REPORTED",), "PAUSED", "等配件"),
        Move("resume", ("PAUSED",), None, "接着办"),
    ],
)


def test_step_follows_the_table():
    assert LAMP.step("REPORTED", "mend").name == "DONE"
    assert [move.name for move in LAMP.moves_from("REPORTED")] == ["mend", "pause"]
    assert LAMP.moves_from("DONE") == []


@pytest.mark.parametrize(("state", "move"), [("DONE", "mend"), ("REPORTED", "resume"), ("REPORTED", "fly")])
def test_step_is_refused_when_the_table_has_none(state, move):
    with pytest.raises(WrongState):
        LAMP.step(state, move)


def test_step_goes_where_the_caller_says_when_the_table_leaves_it_open():
    assert LAMP.step("PAUSED", "resume", "REPORTED").name == "REPORTED"
    for nowhere in (None, "GONE"):
        with pytest.raises(WrongState):
            LAMP.step("PAUSED", "resume", nowhere)


def test_flow_refuses_moves_to_unknown_states():
    with pytest.raises(ValueError, match="unknown states"):
        Flow("A", [State("A", Phase.OPEN, "")], [Move("go", ("A",), "B", "")])
    with pytest.raises(ValueError, match="unknown start"):
        Flow("B", [State("A", Phase.OPEN, "")], [])


@action
def write_one(*, fails=False):
    TickMark.objects.create(ticked_at=now())
    if fails:
        raise WrongState


@action
def write_two(*, fails=False):
    TickMark.objects.create(ticked_at=now())
    write_one(fails=fails)


@action
def write_one_and_try_another(*, fails=True):
    TickMark.objects.create(ticked_at=now())
    try:
        with transaction.atomic():
            write_one(fails=fails)
    except WrongState:
        pass


def test_action_takes_keywords_only():
    with pytest.raises(TypeError, match="write_one takes keyword arguments only"):
        write_one(True)


@pytest.mark.django_db
def test_action_leaves_nothing_when_it_fails():
    with pytest.raises(WrongState):
        write_two(fails=True)
    assert TickMark.objects.count() == 0
    write_two()
    assert TickMark.objects.count() == 2


@pytest.mark.django_db
def test_action_goes_on_after_a_part_that_was_wrapped():
    write_one_and_try_another()
    assert TickMark.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_action_within_an_action_takes_no_savepoint(django_assert_num_queries):
    with django_assert_num_queries(4) as asked:  # begin, two rows, commit
        write_two()
    assert not any("SAVEPOINT" in query["sql"] for query in asked)


def test_turns_are_taken_in_the_order_of_coming():
    lock, order, waiting = FairLock(), [], []

    def take(number):
        lock.acquire()
        order.append(number)
        lock.release()

    lock.acquire()
    for number in range(8):
        thread = threading.Thread(target=take, args=(number,))
        thread.start()
        waiting.append(thread)
        while len(lock._waiting) <= number:
            threading.Event().wait(0.001)
    lock.release()
    for thread in waiting:
        thread.join()
    assert order == list(range(8))


def test_turn_is_reentrant_and_not_given_by_strangers():
    lock = FairLock()
    lock.acquire()
    lock.acquire()
    lock.release()
    stranger = []

    def give():
        try:
            lock.release()
        except RuntimeError as error:
            stranger.append(str(error))

    thread = threading.Thread(target=give)
    thread.start()
    thread.join()
    assert stranger == ["the turn is not ours to give"]
    lock.release()
    assert lock._owner is None


def test_turns_exclude_one_another_under_load():
    lock, inside, worst = FairLock(), [], []

    def work():
        for _ in range(300):
            lock.acquire()
            inside.append(1)
            worst.append(len(inside))
            inside.pop()
            lock.release()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(worst), len(worst)) == (1, 2400)
