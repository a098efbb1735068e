import subprocess
import sys
from pathlib import Path

import pytest

INSTALL = Path(__file__).resolve().parents[2] / "site" / "mingle" / "install.py"


def install(venv: Path, requirements: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, INSTALL, venv, requirements]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_environment_is_made_once_and_brought_up_to_date_when_the_file_changes(tmp_path) -> None:
    venv, more = tmp_path / "an environment", tmp_path / "requirements-dev.txt"
    (tmp_path / "requirements.txt").write_text("-c constraints.txt\n")
    (tmp_path / "constraints.txt").write_text("# nothing yet\n")
    more.write_text("-r requirements.txt\n")
    first = install(venv, more)
    assert (first.returncode, first.stdout.splitlines()[0]) == (0, f"Making {venv}")
    for file in (more, tmp_path / "requirements.txt"):
        again = install(venv, file)
        assert (again.returncode, again.stdout) == (0, "")
    (tmp_path / "constraints.txt").write_text("# something else\n")
    changed = install(venv, more)
    assert changed.stdout.startswith(f"Installing {more}")


def test_folder_of_somebody_else_is_not_cleared(tmp_path) -> None:
    folder, requirements = tmp_path / "mine", tmp_path / "requirements.txt"
    folder.mkdir()
    (folder / "letter").write_text("dear")
    requirements.write_text("")
    refused = install(folder, requirements)
    assert refused.returncode == 1
    assert "is not ours" in refused.stderr
    assert (folder / "letter").read_text() == "dear"
