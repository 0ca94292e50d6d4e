import pytest

from linli.core.errors import WrongState
from linli.core.flow import Phase
from linli.tickets import states
from linli.tickets.states import FLOW


def test_flow_leads_from_report_to_rating():
    state = FLOW.start
    for move in ("accept", "dispatch", "take", "finish", "check", "rate"):
        state = FLOW.step(state, move).name
    assert state == "CLOSED"


def test_flow_endings_are_done_and_all_others_are_not():
    assert {state.name for state in FLOW.states.values() if state.phase == Phase.DONE} == set(states.ENDED)
    assert set(FLOW.states) == {*states.UNFINISHED, *states.ENDED, "RESOLVED", "AWAITING_RATING", "UNDER_REVIEW"}


@pytest.mark.parametrize(
    ("state", "move"), [("SUBMITTED", "finish"), ("CLOSED", "rate"), ("CLOSED", "accept"), ("RESOLVED", "withdraw")]
)
def test_flow_refuses_a_step_that_the_table_does_not_have(state, move):
    with pytest.raises(WrongState):
        FLOW.step(state, move)


def test_flow_has_a_way_out_of_every_state():
    assert {name for name in FLOW.states if not FLOW.moves_from(name)} == set()


def test_stations_are_states_of_the_flow_in_its_order():
    assert list(states.STATIONS) == [name for name in FLOW.states if name in states.STATIONS]
