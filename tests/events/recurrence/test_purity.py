"""Schedules are arithmetic, so that the editor's preview and the tests need no database."""

import ast
import sys
from pathlib import Path

from events import recurrence


def test_schedules_import_the_standard_library_and_themselves_alone() -> None:
    imported = set()
    for path in Path(recurrence.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
    others = {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names}
    assert all(name.startswith("events.recurrence") for name in others)
