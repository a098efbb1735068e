"""What `make lint` scans for security, and that the scan can fail."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = {"site", "events", "schools", "manage.py", "gunicorn.conf.py"}
UNSAFE = 'import hashlib\n\nTOKEN = hashlib.md5(b"somebody").hexdigest()\n'
SAFE = 'import hashlib\n\nTOKEN = hashlib.sha256(b"somebody").hexdigest()\n'


def scan() -> list[str]:
    """The words of the command after `bandit`."""
    found = re.search(r"^SECURITY = .* -m bandit (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert found
    return found[1].split()


def status(folder: Path, code: str) -> int:
    (folder / "made.py").write_text(code)
    flags = [word for word in scan() if word.startswith("-")]
    command = [sys.executable, "-m", "bandit", *flags, str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_scan_reads_all_code_that_runs() -> None:
    python = {path.name for path in ROOT.glob("*.py")}
    assert (
        {word for word in scan() if not word.startswith("-")}
        == CODE
        == python | {"site", "events", "schools"}
    )


def test_scan_fails_where_something_is_wrong_and_only_there(tmp_path: Path) -> None:
    assert (status(tmp_path, UNSAFE), status(tmp_path, SAFE)) == (1, 0)


def test_lint_ends_in_failure_with_the_scan() -> None:
    lint = (ROOT / "Makefile").read_text().partition("\nlint:")[2].partition("\nformat:")[0]
    assert "$(SECURITY) 2>.data/bandit.log || { cat .data/bandit.log; failed=1; };" in lint
    assert lint.rstrip().endswith("exit $$failed")
