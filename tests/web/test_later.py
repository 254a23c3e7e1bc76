"""What is loaded when it is first needed, and that nothing else is."""

import ast
from pathlib import Path

from portal.settings import ROOT

LATER = ROOT / "portal" / "web" / "later.py"


def imports_within_functions(path: Path) -> list[str]:
    """Return the places where a function imports something."""
    return [
        f"{path.relative_to(ROOT)}: {function.name}"
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


LATE = ("make_staff_app", "put_identifying", "write_services", "write_catalogue")


def test_no_other_file_imports_within_a_function() -> None:
    found = [place for path in sorted((ROOT / "portal").rglob("*.py")) for place in imports_within_functions(path)]
    assert found == [f"portal/web/later.py: {name}" for name in LATE]


def test_each_exception_says_what_it_costs() -> None:
    tree = ast.parse(LATER.read_text(encoding="utf-8"))
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            assert " s, " in (ast.get_docstring(function) or ""), function.name
