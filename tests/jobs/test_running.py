import datetime
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from jobs import running
from jobs.models import LastSuccess
from jobs.steps import JOBS, Step, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.floor]


def add_person(*, dry_run: bool) -> int:
    """Add a person, dry run or not."""
    User.objects.create_user("new@example.org")
    return 1


def fail(*, dry_run: bool) -> int:
    """Fail."""
    raise ValueError("broken on purpose")


@pytest.fixture
def steps(monkeypatch) -> list[Step]:
    """The steps of every job, for a test to fill."""
    steps: list[Step] = []
    monkeypatch.setattr(running, "steps_of", lambda job: steps)
    return steps


def step(do) -> Step:
    return Step(f"tests.{do.__name__}", do.__doc__, do)


@pytest.mark.parametrize("job", JOBS)
def test_every_step_has_a_name_of_its_own_and_says_what_it_does(job) -> None:
    steps = steps_of(job)
    assert steps
    assert len({found.name for found in steps}) == len(steps)
    assert all(found.about for found in steps)


def test_lower_apps_come_first() -> None:
    apps = [found.name.partition(".")[0] for found in steps_of("nightly")]
    assert apps.index("accounts") < apps.index("events")


@pytest.mark.parametrize("job", JOBS)
def test_every_step_may_be_run_again_at_once(job) -> None:
    assert running.run(job)
    assert running.run(job)


@pytest.mark.parametrize("job", JOBS)
def test_list_says_every_step_and_runs_none(job) -> None:
    said = StringIO()
    call_command(job, list=True, stdout=said)
    assert said.getvalue().splitlines() == [f"{found.name}: {found.about}" for found in steps_of(job)]
    assert not LastSuccess.objects.exists()


def test_success_of_the_job_and_of_each_step_is_kept(steps) -> None:
    steps.append(step(add_person))
    assert running.run("nightly")
    assert dict(LastSuccess.objects.values_list("name", "done")) == {
        "nightly": 1,
        "nightly: tests.add_person": 1,
    }


def test_dry_run_takes_back_what_a_step_does(steps) -> None:
    steps.append(step(add_person))
    said: list[str] = []
    assert running.run("nightly", dry_run=True, say=said.append)
    assert not User.objects.filter(email="new@example.org").exists()
    assert not LastSuccess.objects.exists()
    assert said[0].startswith("tests.add_person: would do 1")


def test_failing_step_stops_neither_the_others_nor_the_word(steps) -> None:
    steps.extend([step(fail), step(add_person)])
    with pytest.raises(CommandError, match="a step failed"):
        call_command("nightly", verbosity=0)
    assert User.objects.filter(email="new@example.org").exists()
    assert not LastSuccess.objects.filter(name="nightly").exists()
    assert running.stale(timezone.now())


def test_nightly_is_stale_after_36_hours_and_not_before() -> None:
    now = timezone.now()
    assert running.stale(now)
    LastSuccess.objects.create(name="nightly", at=now - datetime.timedelta(hours=36), seconds=1, done=0)
    assert not running.stale(now)
    assert running.stale(now + datetime.timedelta(seconds=1))


def run_while_it_runs(steps, together) -> list[object]:
    """What comes of it when a second process begins while the first is at its step."""
    found: list[object] = []

    def meanwhile(*, dry_run: bool) -> int:
        """Begin once more."""
        steps.clear()
        found.extend(together(lambda: running.run("tick")))
        return 0

    steps.append(step(meanwhile))
    assert running.run("tick")
    return found


@pytest.mark.django_db(transaction=True)
def test_job_does_not_run_twice_at_once(steps, together) -> None:
    (refused,) = run_while_it_runs(steps, together)
    assert isinstance(refused, running.AlreadyRunningError)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would(steps, together, monkeypatch) -> None:
    """The negative control."""
    monkeypatch.setattr(running, "_alone", lambda _job: nullcontext())
    assert run_while_it_runs(steps, together) == [True]
