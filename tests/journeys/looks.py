"""The states in which every page is looked at, and how a page that is open already is put into one."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

WIDTHS = (320, 768, 1280)
TWICE = "225%"
"""Twice the text's size in static/css/base.css, 112.5 %."""
URDU = "لڑکیوں کا فٹ بال، ہر منگل کو سکول کے بعد"

RESIZE = "size => { document.documentElement.style.fontSize = size }"
UNFOLD = "() => { for (const fold of document.querySelectorAll('details:not(.menu)')) fold.open = true }"
# What an Urdu reader would meet: the direction, and Nastaliq, which needs more height, in place of our words.
TURN_INTO_URDU = """urdu => {
    document.documentElement.dir = "rtl"
    document.documentElement.lang = "ur"
    let number = 0
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (words.nextNode()) {
        const within = words.currentNode.parentElement.closest("h1, h2, h3, p, .button")
        if (within && words.currentNode.data.trim().length > 1)
            words.currentNode.data = `${urdu} ${++number}`
    }
}"""


@dataclass(frozen=True, slots=True)
class Light:
    """What the reader's machine says of colours, or that it prints. A page is loaded anew for each."""

    name: str
    scheme: str = "light"
    forced: bool = False
    on: str = "screen"

    def fall_on(self, page: Page) -> None:
        page.emulate_media(
            media=self.on, color_scheme=self.scheme, forced_colors="active" if self.forced else "none"
        )


@dataclass(frozen=True, slots=True)
class Look:
    """A width, and what is then done to the page; what is done once stays."""

    name: str
    width: int
    change: Callable[[Page], object] = lambda page: None
    shows_colours: bool = True
    """Whether it may show a colour that the looks before it did not."""
    has_large_text: bool = False

    def put_on(self, page: Page) -> None:
        page.set_viewport_size({"width": self.width, "height": 900})
        self.change(page)
        # Chromium may leave styles as they were until it has to draw.
        page.screenshot(clip={"x": 0, "y": 0, "width": 1, "height": 1})
        # A map of another size has other markers, which come a moment later.
        expect(page.locator("[aria-busy=true]")).to_have_count(0)


def _with_large_text(page: Page) -> None:
    page.evaluate(RESIZE, TWICE)


def _unfolded(page: Page) -> None:
    """Everything that opens is open, but for the menu, which lies over the page."""
    page.evaluate(RESIZE, "")
    page.evaluate(UNFOLD)


def _in_urdu(page: Page) -> None:
    page.evaluate(TURN_INTO_URDU, URDU)


States = dict[Light, tuple[Look, ...]]


def plain(*widths: int) -> tuple[Look, ...]:
    return tuple(Look(str(width), width) for width in widths)


def changed(*widths: int) -> tuple[Look, ...]:
    """In larger letters, unfolded, and for a reader of Urdu: what folds on a phone is open on a desk."""
    phone, *wider = widths
    return (
        *(
            Look(f"{width}-large-text", width, _with_large_text, False, has_large_text=True)
            for width in widths
        ),
        Look(f"{phone}-unfolded", phone, _unfolded),
        Look(f"{phone}-urdu", phone, _in_urdu, shows_colours=False),
        *(Look(f"{width}-urdu", width, shows_colours=False) for width in wider),
    )


LIGHT, DARK = Light("light"), Light("dark", scheme="dark")
FORCED, PAPER = Light("forced-colours", forced=True), Light("printed", on="print")
# What axe looks at, and what a person does.
LOOKS: States = {
    LIGHT: (*plain(*WIDTHS), *changed(*WIDTHS)),
    DARK: plain(*WIDTHS),
    FORCED: plain(*WIDTHS),
}
LOOKS_WITHOUT_SCRIPT: States = {LIGHT: plain(*WIDTHS), DARK: plain(*WIDTHS)}
PICTURES: States = {
    LIGHT: (*plain(360, 768, 1280), *changed(360, 1280)),
    DARK: plain(360, 768, 1280),
    FORCED: plain(768),
    PAPER: plain(768),
}
PICTURES_WITHOUT_SCRIPT: States = {LIGHT: plain(360, 1280)}
