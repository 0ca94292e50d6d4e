"""Badges: valid, team, until, and nothing else; a photo only as long as the person agrees (SAF-008)."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from linli.core.actor import system
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.files.actions import take_images
from linli.files.models import StoredFile
from linli.people.actions import (
    end_appointment,
    end_badge,
    erase_person,
    expire_consents,
    forget_badge_photos,
    give_consent,
    issue_badge,
    purge_person,
    withdraw_consent,
)
from linli.people.models import Appointment, Badge, Consent
from linli.people.queries import badge_standing
from linli.people.tests.conftest import NOW, TODAY, actor_for

UNTIL = date(2027, 3, 1)


def post_of(town, who):
    return Appointment.objects.select_related("person", "body", "place", "place__community").get(
        person=town.people[who]
    )


def main_of(answer):
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def secretary(town):
    return actor_for(town.people["secretary"], "secretary")


@pytest.fixture
def photo(town, settings, tmp_path):
    settings.LINLI_DATA = tmp_path
    bytes_ = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(bytes_, "PNG")
    upload = io.BytesIO(bytes_.getvalue())
    upload.name = "face.png"
    return take_images(actor=secretary(town), uploads=[upload])


@pytest.fixture
def pictured(town, photo):
    """The captain's badge with a photo, agreed to."""
    captain = town.people["captain"]
    give_consent(actor=actor_for(captain), person=captain, scope="badge_photo")
    return issue_badge(actor=secretary(town), appointment=post_of(town, "captain"), valid_to=UNTIL, taken=photo)


def test_badge_page_says_valid_team_until_and_nothing_else(as_, town):
    badge = issue_badge(actor=secretary(town), appointment=post_of(town, "grid_worker"), valid_to=UNTIL)
    page = as_().get(f"/badge/{badge.code}/").content.decode()
    assert ("有效" in page, "雪莲社区居委会" in page, "2027-03-01" in page) == (True, True, True)
    assert not any(words in page for words in ("旦增央珍", "网格员", "1380013800"))


def test_badge_that_never_was_looks_like_one_taken_back(as_, town):
    badge = issue_badge(actor=secretary(town), appointment=post_of(town, "captain"), valid_to=UNTIL)
    end_badge(actor=secretary(town), badge=badge)
    taken_back, never = (as_().get(f"/badge/{code}/") for code in (badge.code, "NEVERWAS99"))
    assert taken_back.status_code == never.status_code
    assert main_of(taken_back) == main_of(never)
    assert "无效" in main_of(never)


def test_badge_is_valid_as_long_as_post_and_date_say(town):
    badge = issue_badge(actor=secretary(town), appointment=post_of(town, "captain"), valid_to=UNTIL)
    assert badge_standing(badge.code, UNTIL).is_valid
    assert not badge_standing(badge.code, UNTIL + timedelta(1)).is_valid
    end_appointment(actor=secretary(town), appointment=post_of(town, "captain"), on=TODAY)
    assert badge_standing(badge.code, TODAY).valid_to == TODAY
    assert not badge_standing(badge.code, TODAY + timedelta(1)).is_valid
    later = actor_for(town.people["secretary"], "secretary", NOW + timedelta(days=2))
    with pytest.raises(WrongState):
        issue_badge(actor=later, appointment=post_of(town, "captain"), valid_to=UNTIL)


@pytest.mark.parametrize("valid_to", [date(2026, 9, 23), date(2027, 9, 26)])
def test_badge_lasts_a_year_at_most(town, valid_to):
    with pytest.raises(BadInput):
        issue_badge(actor=secretary(town), appointment=post_of(town, "captain"), valid_to=valid_to)


def test_badge_is_issued_and_taken_back_by_whoever_gives_the_post(town):
    badge = issue_badge(actor=secretary(town), appointment=post_of(town, "captain"), valid_to=UNTIL)
    for who, post in (("desk", "desk"), ("captain", "captain"), ("stranger", "secretary")):
        actor = actor_for(town.people[who], post)
        with pytest.raises(NotAllowed):
            issue_badge(actor=actor, appointment=post_of(town, "captain"), valid_to=UNTIL)
        with pytest.raises(NotAllowed):
            end_badge(actor=actor, badge=badge)
    with pytest.raises(NotAllowed):
        issue_badge(actor=secretary(town), appointment=post_of(town, "secretary"), valid_to=UNTIL)
    end_badge(actor=secretary(town), badge=Badge.objects.get())
    with pytest.raises(LostRace):
        end_badge(actor=secretary(town), badge=badge)


def test_new_badge_takes_the_place_of_the_old(town):
    first, second = (
        issue_badge(actor=secretary(town), appointment=post_of(town, "captain"), valid_to=UNTIL) for _each in range(2)
    )
    assert (badge_standing(first.code, TODAY).is_valid, badge_standing(second.code, TODAY).is_valid) == (False, True)


def test_photo_needs_consent(town, photo):
    with pytest.raises(BadInput):
        issue_badge(actor=secretary(town), appointment=post_of(town, "captain"), valid_to=UNTIL, taken=photo)
    assert not StoredFile.objects.exists()


def test_photo_goes_when_consent_is_withdrawn_and_the_badge_stays(town, pictured):
    assert StoredFile.objects.count() == 1
    captain = town.people["captain"]
    consent = Consent.objects.select_related("person").get(scope="badge_photo")
    withdraw_consent(actor=actor_for(captain), consent=consent)
    assert (StoredFile.objects.count(), Badge.objects.get().photo) == (0, None)
    assert badge_standing(pictured.code, TODAY).is_valid
    with pytest.raises(NotAllowed):
        forget_badge_photos(actor=actor_for(town.people["stranger"], "secretary"), person=captain)


def test_photo_goes_when_consent_lapses(town, pictured):
    assert expire_consents(actor=system(NOW + timedelta(days=366))) == 1
    assert not StoredFile.objects.exists()


def test_photo_goes_with_the_person(town, pictured):
    captain = town.people["captain"]
    erase_person(actor=actor_for(captain), person=captain)
    assert not badge_standing(pictured.code, TODAY).is_valid
    purge_person(actor=system(NOW), person=captain)
    assert not StoredFile.objects.exists()


def test_badge_pages_issue_print_and_take_back(as_, town, pictured):
    uid = post_of(town, "captain").uid
    browser = as_("secretary")
    assert f"/appointments/{uid}/badge/" in browser.get(f"/people/{town.people['captain'].uid}/").content.decode()
    assert "有照片" in browser.get(f"/appointments/{uid}/badge/").content.decode()
    card = browser.get(f"/appointments/{uid}/badge/card/").content.decode()
    assert ("<img" in card, "周大姐" in card, "<svg" in card) == (True, True, True)
    assert browser.post(f"/appointments/{uid}/badge/", {"valid_to": "2020-01-01"}).status_code == 422
    assert browser.post(f"/appointments/{uid}/badge/", {"valid_to": "2027-01-01"}).status_code == 302
    assert "没有照片" in browser.get(f"/appointments/{uid}/badge/card/").content.decode()
    assert browser.post(f"/appointments/{uid}/badge/end/").status_code == 302
    assert browser.get(f"/appointments/{uid}/badge/card/").status_code == 404
    assert as_("desk").get(f"/appointments/{uid}/badge/").status_code == 404
