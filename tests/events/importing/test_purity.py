"""Reading is arithmetic on text: it is tried without a database or settings."""

import subprocess
import sys

from tests.test_tree import ROOT

ASK = (
    "import sys; import events.importing.opening, events.importing.lines, events.importing.template; "
    "print(sorted(name for name in sys.modules if name.split('.')[0] in {'django', 'wagtail'}))"
)


def test_readers_import_no_django():
    answer = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": f"{ROOT}/site:{ROOT}"},
    )
    assert answer.stdout.strip() == "[]"
