"""What the launcher says while it works."""

import io
import re


class CannotStartError(Exception):
    """Something has to be done by a person first; the message says what."""

    beginning = "Mingle cannot start"


class HasStoppedError(CannotStartError):
    """It ran, and something that it needs has ended."""

    beginning = "Mingle has stopped"


def say(line: str) -> None:
    print(line, flush=True)


class Counted(io.StringIO):
    """Takes a long command's lines and says how many steps of `total` are done, four times in all."""

    def __init__(self, what: str, total: int) -> None:
        super().__init__()
        self.what, self.total, self.done = what, total, 0

    def write(self, text: str) -> int:
        before = self.done
        self.done += len(re.findall(r"\bOK\b", text))
        quarter = max(1, self.total // 4)
        if self.done // quarter > before // quarter:
            say(f"  {self.what}: {self.done} of {self.total}")
        return len(text)
