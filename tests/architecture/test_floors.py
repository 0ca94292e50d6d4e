"""Modules import only from floors below, and keys point down."""

from __future__ import annotations

from django.apps import apps
from importlinter import cli

from tests.architecture.house import ROOT, complain, floor_of, modules


def test_floors_are_kept(capsys):
    code = cli.lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
    assert code == 0, (
        f"{capsys.readouterr().out}\nA module imports only from floors below its own. Look (ask a lower module's "
        "queries), declare (hand a record down in apps.py) or announce (signals.py); HOUSE 2."
    )


def test_floors_name_every_module():
    missing = {module.name for module in modules()} - floor_of().keys()
    assert not missing, f"Give {sorted(missing)} a floor in .importlinter."


def foreign_keys():
    """Every relation between two of our modules: field, from, to."""
    for model in apps.get_models():
        if not model.__module__.startswith("linli."):
            continue
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            other = field.remote_field and field.related_model
            if other and other._meta.app_label != model._meta.app_label:
                yield field, model._meta.app_label, other._meta.app_label


def test_keys_point_down():
    floor = floor_of()
    faults = [f"{field} -> {there}" for field, here, there in foreign_keys() if floor[here] <= floor[there]]
    complain(faults, "A key points to a module on a lower floor. Turn it round, or keep the other's public uid.")


def test_keys_between_modules_leave_no_way_back():
    faults = [str(field) for field, *_ in foreign_keys() if not field.remote_field.related_name.endswith("+")]
    complain(faults, 'Say related_name="+": a reverse accessor is an upward import that no linter sees.')
