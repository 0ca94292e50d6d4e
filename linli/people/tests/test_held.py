"""The processing register: every personal column of every module, and no column that does not exist (PRV-044)."""

from __future__ import annotations

from django.apps import apps

from linli.core.secret import SecretField
from linli.people.held import HELD
from linli.people.models import Appointment, Consent, Person, Tie

PERSONAL = ("person_uid", "account_uid", "actor_uid", "owner_uid", "owner_name", "_name_bo", "phone_index")
PERSONAL += ("_phone", "email", "device", "latitude", "longitude", "display_name", "reporter_name", "address")
OF_PLACES_AND_BODIES = {
    "places.place.latitude",
    "places.place.longitude",
    "people.body.phone",
    "facilities.facility.emergency_phone",
    "people.shift.phone",
}
"""Public: where a building stands, and a work telephone."""

GROUNDS = {"consent", "contract", "legal_duty"}
LEVELS = {"L0", "L1", "L2", "L3", "L4"}


def listed():
    return {field.column: field for holding in HELD for field in holding.fields}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("linli.")]


def is_personal(field):
    """A secret, whoever it names, or a column by whose name one tells that it is about a person."""
    if field.get_internal_type() == "BooleanField":
        return False
    is_named = field.name == "phone" or field.name.endswith(PERSONAL)
    return isinstance(field, SecretField) or field.related_model is Person or is_named


def test_every_secret_or_personal_column_of_every_module_is_in_the_register():
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if is_personal(field)
    }
    assert found - listed().keys() - OF_PLACES_AND_BODIES == set()


def test_every_other_column_of_people_is_technical_or_in_the_register():
    ours = {
        f"{model._meta.label_lower}.{field.name}"
        for model in (Person, Appointment, Tie, Consent)
        for field in model._meta.local_fields
    }
    technical = (
        "id", "uid", "added_at", "review_on", "lapsed_on", "erased_at", "purged_at", "body", "place",
        "from_on", "to_on",
        "state", "given_by", "text_hash", "channel", "asked_at", "given_at", "expires_at", "ended_at",
    )  # fmt: skip
    missing = {column for column in ours - listed().keys() if column.rpartition(".")[2] not in technical}
    assert missing == {"people.consent.language"}


def test_register_names_only_columns_that_exist_and_says_everything():
    for column, field in listed().items():
        app, model, name = column.split(".")
        assert apps.get_model(app, model)._meta.get_field(name)
        assert set(field.basis.split(" / ")) <= GROUNDS
        assert field.sensitivity in LEVELS
        assert all(str(words) for words in (field.words, field.purpose, field.retention))
