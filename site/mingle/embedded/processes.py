"""Who a process is, so that a number from a file is never trusted by itself."""

import os
import subprocess
from pathlib import Path


def command_of(pid: int) -> str:
    """The command line of a process, with spaces between its words; empty where there is no such process."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)],  # noqa: S607 - wherever the system keeps it
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def lives(pid: int) -> bool:
    """Whether the process runs. One that has ended, and whose parent has not asked yet how, does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return command_of(pid) != ""
