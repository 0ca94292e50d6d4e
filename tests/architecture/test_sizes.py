"""The limits of HOUSE 3. There is no list of exceptions."""

from __future__ import annotations

import ast
from collections import Counter

from tests.architecture.house import HOUSE, ROOT, complain, lines_of, modules, near, source_files, tree_of

ADVICE = "Split it by noun; there is no list of exceptions (HOUSE 3)."


def everything():
    """Our Python files, migrations left out."""
    yield from source_files(HOUSE, tests=True)
    for folder in ("tests", "benchmarks"):
        yield from source_files(ROOT / folder, tests=True)
    yield from (ROOT / "run.py", ROOT / "conftest.py")


def spans(kind):
    """Each function or class, and its length."""
    for file in everything():
        for node in ast.walk(tree_of(file)):
            if isinstance(node, kind):
                yield file, node, node.end_lineno - node.lineno + 1


def is_test(file, node):
    return file.name.startswith("test_") and node.name.startswith("test_")


def test_functions_have_at_most_50_lines():
    found = spans((ast.FunctionDef, ast.AsyncFunctionDef))
    complain([f"{near(file)}:{node.lineno} {node.name}: {size}" for file, node, size in found if size > 50], ADVICE)


def test_test_functions_have_at_most_40_lines():
    found = spans(ast.FunctionDef)
    faults = [
        f"{near(f)}:{node.lineno} {node.name}: {size}" for f, node, size in found if size > 40 and is_test(f, node)
    ]
    complain(faults, "A test shows one thing. Move its setting into a fixture, or make it two.")


def test_classes_have_at_most_200_lines():
    found = spans(ast.ClassDef)
    complain([f"{near(file)}:{node.lineno} {node.name}: {size}" for file, node, size in found if size > 200], ADVICE)


def test_files_have_at_most_400_lines():
    faults = [f"{near(file)}: {lines_of(file)}" for file in everything() if lines_of(file) > 400]
    scripts = [file for file in HOUSE.rglob("static/**/*.js") if "vendor" not in file.parts]
    faults += [f"{near(file)}: {lines_of(file)}" for file in scripts if lines_of(file) > 400]
    complain(faults, "Make the room a folder of the same name, split by noun.")


def test_templates_have_at_most_160_lines():
    found = [*HOUSE.rglob("templates/**/*.html"), *HOUSE.rglob("templates/**/*.txt")]
    faults = [f"{near(file)}: {lines_of(file)}" for file in found if lines_of(file) > 160]
    complain(faults, "Take a piece out: `_piece.html`, or a component on ui's shelf.")


def test_folders_have_at_most_20_python_files():
    count = Counter(file.parent for file in everything())
    faults = [f"{near(folder)}: {number}" for folder, number in count.items() if number > 20]
    complain(faults, ADVICE)


def test_modules_have_at_most_5000_lines():
    faults = []
    for module in modules():
        lines = sum(lines_of(file) for file in source_files(module))
        if lines > 5000:
            faults.append(f"{module.name}: {lines}")
    complain(faults, "This is two capabilities. Give the second its own module and floor.")
