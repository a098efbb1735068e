from places.progress import Bar


def test_the_bar_fills_up_on_a_terminal_and_counts_quarters_elsewhere() -> None:
    class Screen:
        written = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            self.written += text

        def flush(self) -> None: ...

    screen = Screen()
    bar = Bar(screen, "Postcodes")
    for done in (0, 50, 100):
        bar.show(done, 100)
    lines = screen.written.removeprefix("\r").split("\r")
    assert [line.split("]")[1].strip() for line in lines] == ["0%", "50%", "100%"]
    assert [line.count("█") for line in lines] == [0, 15, 30]
