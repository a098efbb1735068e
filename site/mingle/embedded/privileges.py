"""PostgreSQL refuses to run as root. As root it runs as `nobody`, with the least that reaches its files.

The clone may lie under a folder that only root may enter. Opening that folder would change what is not ours,
so the server keeps one Linux capability instead: to enter and read folders and files (CAP_DAC_READ_SEARCH).
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

OVERRIDE, READ_SEARCH, _SETPCAP = 1, 2, 8  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_SETPCAP
_PR_SET_PDEATHSIG, _PR_SET_SECUREBITS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 1, 28, 47, 2
# Who becomes somebody else keeps capabilities, and access(2), by which PostgreSQL finds programs, heeds them.
_NO_SETUID_FIXUP = 1 << 2
_CAPABILITY_VERSION_3 = 0x20080522

LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None, use_errno=True) if LINUX else None


class CannotDropRootError(Exception):
    """As root, and no way found to run the server as somebody else; the message says what to do."""


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Half(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


def server_user(data: Path) -> pwd.struct_passwd:
    """Who the server runs as: ourselves; as root the owner of the data, or `nobody` for new data."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    owner = data.stat().st_uid if data.exists() else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def capability_for(folders: Iterable[Path], program: Path) -> int | None:
    """The least capability with which a stranger could enter `folders` and run `program`, if any."""
    if not program.stat().st_mode & 0o001:
        return OVERRIDE
    closed = [
        parent
        for path in (*folders, program)
        for parent in path.resolve().parents
        if not parent.stat().st_mode & 0o001
    ]
    return READ_SEARCH if closed else None


def become(user: pwd.struct_passwd, capability: int | None) -> Callable[[], None]:
    """What the child does before it turns into the server: become `user`, and end with its supervisor."""
    drop = os.geteuid() == 0 and user.pw_uid != 0
    if drop and capability is not None:
        capability = _held(capability)

    parent = os.getpid()

    def prepare() -> None:
        if drop:
            if capability is not None:
                _prctl(_PR_SET_SECUREBITS, _NO_SETUID_FIXUP)
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
            if capability is not None:
                _keep_only(capability)
        end_with_parent(signal.SIGINT, parent)

    return prepare


def end_with_parent(how: signal.Signals, parent: int) -> None:
    """Ask the kernel to send us `how` when our parent ends, however it ends. On Linux only."""
    if LINUX:
        _prctl(_PR_SET_PDEATHSIG, int(how))
        if os.getppid() != parent:
            os.kill(os.getpid(), how)


def _held(wanted: int) -> int:
    """`wanted`, or the wider OVERRIDE where a container left us only that."""
    if LINUX:
        status = Path("/proc/self/status").read_text()
        held = int(next(line for line in status.splitlines() if line.startswith("CapPrm")).split()[1], 16)
        for capability in (wanted, OVERRIDE):
            if held & (1 << capability) and held & (1 << _SETPCAP):
                return capability
    raise CannotDropRootError(
        "PostgreSQL does not run as root, and nobody else may enter this folder. "
        "Run this as an ordinary user, move the clone to a folder that everybody may enter, "
        "or name a server in DATABASE_URL."
    )


def _keep_only(capability: int) -> None:
    bit = 1 << capability
    halves = (_Half * 2)(_Half(bit, bit, bit), _Half(0, 0, 0))
    if _libc.capset(ctypes.byref(_Header(_CAPABILITY_VERSION_3, 0)), ctypes.byref(halves)) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability)


def _prctl(option: int, *arguments: int) -> None:
    padded = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    if _libc.prctl(option, *padded) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")
