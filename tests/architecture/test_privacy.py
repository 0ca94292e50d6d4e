"""PRV-040: there is no field for what Linli must not know of a person, in any table, form, page or import."""

from __future__ import annotations

import inspect
import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps

from tests.architecture.house import HOUSE, complain, modules, near

DENIED = re.compile(
    r"religi|faith|belief|worship|temple|monaster|ethnic|nationality|minority|political|politics|opinion_of|"
    r"black_?list|risk_?score|credit_?score|associate|relatives_?abroad|petition_?history|criminal|key_?person|suspect|"
    r"loyal|stability|宗教|信仰|寺|民族|政治面貌|黑名单|重点人员|重点人口|重点人群|可疑人员|上访|关系人|前科|维稳|海外关系",
    re.IGNORECASE,
)
ADVICE = (
    "PRV-040: Linli holds no such thing about a resident. If the word means something else, say why in the allow-file."
)
ALLOWED = tomllib.loads((Path(__file__).parent / "allowed_words.toml").read_text(encoding="utf-8"))


def refused(named):
    """Those of ``(where, words)`` that the deny-list stops."""
    return [f"{where}: {words}" for where, words in named if DENIED.search(str(words)) and where not in ALLOWED]


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("linli.")]


def our_forms():
    for module in modules():
        for file in [*module.glob("forms.py"), *module.glob("forms/*.py")]:
            name = ".".join(file.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")
            for form in vars(import_module(name)).values():
                if inspect.isclass(form) and issubclass(form, forms.BaseForm) and form.__module__ == name:
                    yield form


def test_tables_hold_nothing_denied():
    named = []
    for model in our_models():
        named.append((model._meta.label, model.__name__))
        for field in model._meta.local_fields:
            place = f"{model._meta.label}.{field.name}"
            named += [(place, field.name), (place, field.verbose_name)]
            named += [(place, words) for choice in field.flatchoices for words in choice]
    complain(refused(named), ADVICE)


def test_forms_ask_nothing_denied():
    named = []
    for form in our_forms():
        for name, field in form.base_fields.items():
            place = f"{form.__module__}.{form.__name__}.{name}"
            named += [(place, words) for words in (name, field.label or "", field.help_text or "")]
            choices = getattr(field, "choices", ())
            named += [(place, words) for choice in (() if callable(choices) else choices) for words in choice]
    complain(refused(named), ADVICE)


def test_pages_ask_nothing_denied():
    faults = []
    for file in HOUSE.rglob("templates/**/*.html"):
        for name in re.findall(r'\bname="([^"{]+)"', file.read_text(encoding="utf-8")):
            faults += refused([(near(file), name)])
    complain(faults, ADVICE)


def test_imports_take_nothing_denied():
    if not (HOUSE / "batches" / "imports.py").exists():
        return
    named = []
    for importer in import_module("linli.batches.imports").IMPORTERS:
        for column in importer.columns:
            place = f"{importer.name}.{column.name}"
            named += [(place, words) for words in (column.name, column.words, *column.aliases)]
    complain(refused(named), ADVICE)


@pytest.mark.parametrize(
    "name", ["religion", "ethnic_group", "民族", "is_blacklisted", "政治面貌", "risk_score", "重点人员"]
)
def test_denied_names_are_stopped(name):
    assert refused([("people.Person.x", name)]) == [f"people.Person.x: {name}"]


def test_allowed_names_have_reasons():
    assert all(isinstance(reason, str) and len(reason) > 20 for reason in ALLOWED.values())
