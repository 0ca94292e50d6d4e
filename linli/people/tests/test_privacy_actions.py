"""Entrusting and demands: each act works, refuses the wrong actor, the wrong state and the lost race."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.audit.models import AuditRecord
from linli.core.actor import system
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.people import actions
from linli.people.actions import AppointmentDraft, BodyDraft, DemandDraft, ProcessorDraft
from linli.people.held.ours import PEOPLE
from linli.people.models import Demand, Processor
from linli.people.queries import demands_visible_to, processors_in_force
from linli.people.tests.conftest import NOW, TODAY, actor_for, root

TERM = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31)}


def contract(town, **more):
    words = dict.fromkeys(("party", "purpose", "kinds", "way", "measures", "duties"), "短信公司")
    return ProcessorDraft(**{**words, **TERM, "community": town.places["community"], **more})


def paper(town, **more):
    words = {"authority": "云岭区人民法院", "paper_no": "（2026）云执 12 号", "scope": "联系电话", "asked_on": TODAY}
    return DemandDraft(**{**words, "community": town.places["community"], **more})


@pytest.fixture
def two(town):
    """The secretary, and the officer of the street above."""
    (office,) = actions.add_bodies(actor=root(), drafts=[BodyDraft("街道办", "street_office", town.places["street"])])
    given = AppointmentDraft(town.people["owner"], "street_officer", office, from_on=date(2026, 1, 1))
    actions.appoint_people(actor=root(), drafts=[given])
    return actor_for(town.people["secretary"], "secretary"), actor_for(town.people["owner"], "street_officer")


def outsiders(town):
    posts = {"desk": "desk", "stranger": "secretary", "manager": "property_manager", "resident": None}
    return [actor_for(town.people[who], post) for who, post in posts.items()]


def test_processor_is_added_and_ended_with_proof(town, two):
    processor = actions.add_processor(actor=two[0], draft=contract(town))
    assert list(processors_in_force(TODAY)) == [processor]
    stale = Processor.objects.get()
    with pytest.raises(BadInput):
        actions.end_processor(actor=two[0], processor=processor, on=TODAY, proof=" ")
    with pytest.raises(BadInput):
        actions.end_processor(actor=two[0], processor=processor, on=date(2025, 1, 1), proof="证明")
    actions.end_processor(actor=two[1], processor=processor, on=TODAY, proof="删除证明 7 号")
    assert not processors_in_force(TODAY)
    with pytest.raises(WrongState):
        actions.end_processor(actor=two[0], processor=processor, on=TODAY, proof="再来")
    with pytest.raises(LostRace):
        actions.end_processor(actor=two[0], processor=stale, on=TODAY, proof="再来")
    assert list(AuditRecord.objects.values_list("verb", flat=True))[-2:] == ["processor.added", "processor.ended"]


def test_processor_is_kept_by_who_answers_for_the_community_alone(town, two):
    processor = actions.add_processor(actor=root(), draft=contract(town))
    for actor in outsiders(town):
        with pytest.raises(NotAllowed):
            actions.add_processor(actor=actor, draft=contract(town))
        with pytest.raises(NotAllowed):
            actions.end_processor(actor=actor, processor=processor, on=TODAY, proof="证明")
    with pytest.raises(NotAllowed):
        actions.add_processor(actor=two[0], draft=contract(town, community=None))
    with pytest.raises(BadInput) as refusal:
        actions.add_processor(actor=two[0], draft=contract(town, duties=" "))
    assert list(refusal.value.fields) == ["duties"]
    with pytest.raises(BadInput):
        actions.add_processor(actor=two[0], draft=contract(town, to_on=date(2025, 1, 1)))


def test_demand_is_given_after_two_persons_agreed_and_the_person_is_told(town, two):
    person = town.people["resident"]
    demand = actions.note_demand(actor=two[0], draft=paper(town, person=person))
    with pytest.raises(WrongState):
        actions.give_demand(actor=two[0], demand=demand, words="电话")
    stale = Demand.objects.get()
    actions.agree_demand(actor=two[0], demand=demand)
    with pytest.raises(NotAllowed):
        actions.agree_demand(actor=two[0], demand=demand)
    with pytest.raises(LostRace):
        actions.agree_demand(actor=two[1], demand=stale)
    actions.agree_demand(actor=two[1], demand=demand)
    actions.give_demand(actor=two[0], demand=demand, words="一个电话号码")
    assert (demand.state, demand.first_by, demand.second_by) == ("given", *(each_person(town)))
    assert "机关调取" not in [row["what"] for row in PEOPLE.export(person.uid)]
    with pytest.raises(BadInput):
        actions.tell_demand(actor=two[0], demand=demand, on=None)
    actions.tell_demand(actor=two[0], demand=demand, on=None, reason="民事诉讼法")
    actions.tell_demand(actor=two[0], demand=demand, on=TODAY)
    assert PEOPLE.export(person.uid)[-1]["words"] == "一个电话号码"
    with pytest.raises(WrongState):
        actions.tell_demand(actor=two[0], demand=demand, on=TODAY)
    verbs = ["demand.noted", "demand.agreed", "demand.approved", "demand.given", "demand.kept_untold", "demand.told"]
    assert list(AuditRecord.objects.filter(subject=demand.uid).values_list("verb", flat=True)) == verbs


def each_person(town):
    return town.people["secretary"], town.people["owner"]


def test_demand_is_not_handled_by_others_nor_by_whom_it_is_about(town, two):
    demand = actions.note_demand(actor=two[0], draft=paper(town, person=town.people["owner"]))
    acts = (
        lambda actor: actions.agree_demand(actor=actor, demand=demand),
        lambda actor: actions.give_demand(actor=actor, demand=demand, words="电话"),
        lambda actor: actions.refuse_demand(actor=actor, demand=demand, words="没有章"),
        lambda actor: actions.tell_demand(actor=actor, demand=demand, on=TODAY),
    )
    for actor in (*outsiders(town), two[1]):
        assert not demands_visible_to(actor).filter(pk=demand.pk)
        for act in acts:
            with pytest.raises(NotAllowed):
                act(actor)
    for actor in outsiders(town):
        with pytest.raises(NotAllowed):
            actions.note_demand(actor=actor, draft=paper(town))


def test_demand_is_refused_with_words_and_forgotten_after_three_years(town, two):
    demand = actions.note_demand(actor=two[0], draft=paper(town))
    with pytest.raises(BadInput):
        actions.refuse_demand(actor=two[0], demand=demand, words="")
    actions.refuse_demand(actor=two[0], demand=demand, words="文书没有章")
    with pytest.raises(WrongState):
        actions.agree_demand(actor=two[1], demand=demand)
    with pytest.raises(NotAllowed):
        actions.forget_demands(actor=root())
    assert actions.forget_demands(actor=system(NOW + timedelta(days=1095))) == 0
    assert actions.forget_demands(actor=system(NOW + timedelta(days=1097))) == 1
    assert not Demand.objects.exists()
