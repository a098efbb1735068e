"""Who a process is, so that a number from a file is never trusted by itself."""

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
