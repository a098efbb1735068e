"""What everything is run with: `.ci/run`, its parts, and which tests they take.

Where a part takes seconds, they come from a clock that goes on by itself each time that it is looked at.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWN_TOOLS = ("bash", "basename", "dirname", "id", "mktemp", "rm", "sh", "wc")
"""Of the machine's programs those that the tests here really run."""

CLOCK = '#!/bin/sh\necho tick >>"$HOME/clock"\necho $(($(wc -l <"$HOME/clock") * {step}))\n'
WRITTEN_DOWN = """#!/bin/sh
echo "$(basename "$0") $*${{MINGLE_REQUIRE_CHROMIUM:+ (Chromium: $MINGLE_REQUIRE_CHROMIUM)}}" >>"$HOME/called"
exit {status}
"""

pytest_plugins = ["pytester"]

Run = Callable[..., tuple[int, list[str]]]


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command where there are no programs but a few of the machine's own and a clock."""
    for name in OWN_TOOLS:
        (tmp_path / "bin" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))

    def run(*command: str | Path, step: int = 100) -> tuple[int, list[str]]:
        program(tmp_path / "bin" / "date", CLOCK.format(step=step))
        own = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)}
        done = subprocess.run(command, env=own, stdout=subprocess.PIPE, text=True, check=False)
        return done.returncode, done.stdout.splitlines()

    return run


def test_part_says_what_it_is_how_it_ended_and_how_long_it_took(run: Run) -> None:
    part = ROOT / ".ci" / "part"
    assert run(part, "Style", "sh", "-c", "echo good") == (
        0,
        ["== Style", "good", "== Style: passed, 100 s"],
    )
    assert run(part, "Style", "sh", "-c", "exit 3") == (3, ["== Style", "== Style: FAILED (3), 100 s"])


def test_part_that_takes_longer_than_it_should_says_so_and_is_not_refused(run: Run) -> None:
    part = ROOT / ".ci" / "part"
    said = ["== Fast tests", "== Fast tests: passed, 100 s"]
    late = "== Fast tests: longer than the 99 s it should take"
    assert run(part, "--within", "100", "Fast tests", "sh", "-c", "exit 0") == (0, said)
    assert run(part, "--within", "99", "Fast tests", "sh", "-c", "exit 0") == (0, [*said, late])


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize("target", ["test", "test-fast"])
def test_fast_tests_should_take_less_than_ten_minutes(target) -> None:
    said = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True)
    (line,) = [line for line in said.stdout.splitlines() if '"not slow"' in line]
    assert line.startswith('.ci/part --within 600 "Fast tests" ')


@pytest.fixture
def everything(tmp_path: Path, run: Run) -> Run:
    """`.ci/run` where nothing is installed but what others test, and where whatever it calls is written down.

    PostgreSQL's own folder is another, or it would be started.
    """
    text = (ROOT / ".ci" / "run").read_text().replace("/usr/lib/postgresql/", f"{tmp_path}/postgresql/")
    program(tmp_path / ".ci" / "run", text)
    for name in ("apt-get", "make", "java", "npm", "nginx", "chown"):
        program(tmp_path / "bin" / name, WRITTEN_DOWN.format(status=0))
    program(tmp_path / "bin" / "runuser", '#!/bin/sh\nshift 3\nexec "$@"\n')
    for name in ("postgres", "initdb", "pg_ctl", "psql"):
        program(tmp_path / "postgresql" / "15" / "bin" / name, WRITTEN_DOWN.format(status=0))
    program(tmp_path / ".venv" / "bin" / "python", WRITTEN_DOWN.format(status=0))
    return run


def called(tmp_path: Path, *names: str) -> list[str]:
    lines = (tmp_path / "called").read_text().splitlines()
    return [line for line in lines if line.split()[0] in names]


def test_everything_installs_chromium_and_fails_what_is_skipped_for_want_of_it(everything, tmp_path) -> None:
    assert everything(tmp_path / ".ci" / "run")[0] == 0
    required = "(Chromium: 1)"
    assert called(tmp_path, "apt-get", "make", "python") == [
        f"apt-get update -q {required}",
        f"apt-get install -q -y --no-install-recommends chromium {required}",
        f"make install-node {required}",
        f"make test {required}",
        f"make lint {required}",
        f"python -m pytest -m floor -n 2 -q -rs {required}",
    ]


def test_chromium_that_is_there_is_not_installed_again(everything, tmp_path) -> None:
    program(tmp_path / "bin" / "chromium", WRITTEN_DOWN.format(status=0))
    assert everything(tmp_path / ".ci" / "run")[0] == 0
    assert called(tmp_path, "apt-get") == []


def test_everything_goes_on_after_a_part_that_failed_and_fails(everything, tmp_path) -> None:
    program(tmp_path / "bin" / "make", WRITTEN_DOWN.format(status=2))
    status, said = everything(tmp_path / ".ci" / "run")
    assert (status, [line for line in said if line.endswith(" s")]) == (
        1,
        [
            "== Chromium: passed, 100 s",
            "== Validator: FAILED (2), 100 s",
            "== nginx: passed, 100 s",
            "== PostgreSQL 15: passed, 100 s",
            "== Tests: FAILED (2), 100 s",
            "== Lint: FAILED (2), 100 s",
            "== The floor: PostgreSQL 15: passed, 100 s",
            "== All: FAILED, 1500 s",
        ],
    )


def test_everything_that_takes_longer_than_it_should_says_so_and_is_not_refused(everything, tmp_path) -> None:
    status, said = everything(tmp_path / ".ci" / "run", step=200)
    assert (status, said[-2:]) == (
        0,
        ["== All: passed, 3000 s", "== All: longer than the 2700 s it should take"],
    )


@pytest.fixture
def tests(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder of tests with nothing of ours but what its `conftest.py` imports."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\nmarkers =\n    slow\n    floor\n")
    return pytester


@pytest.mark.parametrize(
    ("required", "outcome"), [("", {"skipped": 1}), ("0", {"skipped": 1}), ("1", {"errors": 1})]
)
def test_journey_without_chromium_says_so_and_fails_where_it_is_required(
    required, outcome, tests, monkeypatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("MINGLE_REQUIRE_CHROMIUM", required)
    tests.makeconftest("from tests.conftest import chromium_path")
    ran = tests.runpytest(tests.makepyfile("def test_journey(chromium_path): pass"), "-rsE")
    ran.assert_outcomes(**outcome)
    ran.stdout.fnmatch_lines("*no Chromium found: install Debian's package chromium to run the journeys*")


FLOOR = {
    "accounts/test_audit.py",
    "accounts/test_audit_log.py",
    "events/actions/test_moving.py",
    "events/models/test_constraints.py",
    "events/search/words/test_text.py",
    "mingle/test_never_emptied.py",
    "schools/migrations/test_steps.py",
}
NOT_FLOOR = {"accounts/test_facts.py", "events/test_models.py", "events/views/test_actions.py"}


def test_what_rests_on_the_database_is_for_the_oldest_postgresql_too(tests, monkeypatch) -> None:
    """By where it lies, before `-m` chooses; elsewhere by hand. Slow ones are not drawn in."""
    for name in FLOOR | NOT_FLOOR:  # ours of the same name may have been imported
        monkeypatch.delitem(sys.modules, f"tests.{name.removesuffix('.py').replace('/', '.')}", raising=False)
    both = "import pytest\ndef test_one(): pass\n@pytest.mark.slow\ndef test_slow(): pass\n"
    tests.makeconftest("from tests.conftest import pytest_collection_modifyitems")
    for name in FLOOR | NOT_FLOOR:
        program(tests.path / "tests" / name, both)
    program(tests.path / "tests" / "test_by_hand.py", both + "pytestmark = pytest.mark.floor\n")
    ran = tests.runpytest("-m", "floor", "--collect-only", "-q", "--import-mode=importlib")
    found = {line.removeprefix("tests/") for line in ran.outlines if "::" in line}
    by_hand = {"test_by_hand.py::test_one", "test_by_hand.py::test_slow"}
    assert found == {f"{name}::test_one" for name in FLOOR} | by_hand
