"""Makes `.venv` and installs one file of requirements into it, unless that has been done already.

`python3 site/mingle/install.py .venv requirements.txt` is run by `make` with the machine's own Python, so it
uses nothing but the standard library, and a Python that is too old can still read it.
"""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

NO_PIP = """Python's module {module} is missing, so packages cannot be installed.
On Debian and Ubuntu: apt-get install python3-venv"""


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 - this is what tells people so
        sys.exit("Mingle needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    venv, requirements = Path(sys.argv[1]), Path(sys.argv[2])
    python = venv / "bin" / "python"
    wanted = {stamp_of(venv, file): fingerprint(file) for file in files_of(requirements)}
    stamp = stamp_of(venv, requirements)
    if stamp.exists() and stamp.read_text() == wanted[stamp] and works(python):
        return
    if not works(python):
        make_venv(venv)
    print(f"Installing {requirements} into {venv}: a minute or two, once", flush=True)
    subprocess.run([*pip(python), "install", "--no-input", "-r", str(requirements)], check=True)
    for path, text in wanted.items():
        path.write_text(text)


def stamp_of(venv, requirements):
    return venv / f"installed-{requirements.stem}"


def files_of(requirements):
    """The file, and all that it names: who installs the one has installed the others."""
    lines = requirements.read_text().splitlines()
    named = [requirements.with_name(line.split()[1]) for line in lines if line.startswith(("-r ", "-c "))]
    return [requirements, *(file for each in named for file in files_of(each))]


def fingerprint(requirements):
    """Changes with the file, the files that it names, and the Python that they were installed for."""
    found = hashlib.sha256(sys.version.encode())
    for file in files_of(requirements):
        found.update(file.read_bytes())
    return found.hexdigest()


def works(python):
    """Whether this environment runs, and with the Python that is running now."""
    if not python.exists():
        return False
    asked = [str(python), "-c", "import sys; print(sys.version)"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def make_venv(venv):
    if venv.exists() and not list(venv.glob("installed-*")) and not (venv / "pyvenv.cfg").exists():
        sys.exit(f"{venv} is there and is not ours: move it away, or name another with VENV=.")
    print(f"Making {venv}", flush=True)
    if importlib.util.find_spec("venv") is None:
        sys.exit(NO_PIP.format(module="venv"))
    without = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    if without and importlib.util.find_spec("pip") is None:
        sys.exit(NO_PIP.format(module="ensurepip"))
    subprocess.run([sys.executable, "-m", "venv", "--clear", *without, str(venv)], check=True)


def pip(python):
    """The environment's own pip, or the machine's where Debian leaves out what would put one in."""
    own = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False)
    if own.returncode == 0:
        return [str(python), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(python)]


if __name__ == "__main__":
    main()
