"""Migrations are named by hand, can be taken back, and import nothing of ours."""

from __future__ import annotations

import ast
import re

from django.db.migrations.loader import MigrationLoader

from tests.architecture.house import HOUSE, complain, near, tree_of


def files():
    return [file for file in sorted(HOUSE.glob("*/migrations/*.py")) if file.stem != "__init__"]


def test_migrations_are_named_by_hand():
    faults = [near(file) for file in files() if re.search(r"_auto_|_initial$|_and_more$", file.stem)]
    complain(faults, "Name it for what it does: makemigrations <module> -n <what_it_does>.")


class OurNames(ast.NodeVisitor):
    """Collects the names of ours that a migration uses, but for columns' defaults: those Django writes down itself."""

    def __init__(self):
        self.found = []

    def visit_keyword(self, node):
        if node.arg != "default":
            self.generic_visit(node)

    def visit_Attribute(self, node):
        if ast.unparse(node).startswith("linli."):
            self.found.append((node.lineno, ast.unparse(node)))
        else:
            self.generic_visit(node)

    def visit_ImportFrom(self, node):
        if (node.module or "").startswith("linli"):
            self.found.append((node.lineno, ast.unparse(node)))


def test_migrations_use_nothing_of_ours():
    faults = []
    for file in files():
        names = OurNames()
        names.visit(tree_of(file))
        faults += [f"{near(file)}:{line} {name}" for line, name in names.found]
    complain(faults, "A migration must still run when our code has changed: write what it needs into it.")


def test_migrations_can_be_taken_back():
    loader = MigrationLoader(None)
    faults = [
        f"{label}.{name}: {operation.describe()}"
        for (label, name), migration in loader.disk_migrations.items()
        for operation in migration.operations
        if not operation.reversible
    ]
    complain(faults, "Give it reverse_sql or reverse_code.")
