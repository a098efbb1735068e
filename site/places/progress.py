"""How far a long import has come, for whoever waits in front of it."""

from typing import TextIO

WIDTH = 30


class Bar:
    """A line that fills up; on anything but a terminal, a line for each quarter."""

    def __init__(self, stream: TextIO, what: str) -> None:
        self.stream, self.what, self.quarter = stream, what, 0

    def show(self, done: int, total: int) -> None:
        part = done / total
        if self.stream.isatty():
            end = "\n" if done == total else ""
            self.stream.write(f"\r{self.what} [{'█' * round(part * WIDTH):<{WIDTH}}] {part:4.0%}{end}")
        elif int(part * 4) > self.quarter:
            self.quarter = int(part * 4)
            self.stream.write(f"{self.what}: {self.quarter * 25} %\n")
        self.stream.flush()
