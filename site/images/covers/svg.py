"""Covers as SVG text, a band is a line drawn twice, wide in ink, narrower in its thread."""

from design import pictograms
from images.covers.geometry import NIGHT, PAPER, Cloth, Cover, cloth

DISC = 0.37  # the pictogram's patch, its radius as a part of the height


def write(cover: Cover, width: int = 640, height: int = 270) -> str:
    """The whole picture. Nothing in it needs a style or a script, so any content policy shows it."""
    laid = cloth(cover, width, height)
    turn = f' transform="rotate(45 {width // 2} {height // 2})"' if laid.turned else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path fill="{laid.ground}" d="M0 0h{width}v{height}H0z"/>'
        f"<defs>{_threads(laid)}</defs>"
        f'<g fill="none" stroke="{NIGHT}"{turn}>'
        f"{_band('h', 'h', laid.weft, laid)}{_band('v', 'v', laid.warp, laid)}"
        f"{_band('i', 'o', laid.weft, laid)}</g>"
        f"{_patch(cover.slug, width, height) if cover.slug else ''}</svg>"
    )


def _threads(laid: Cloth) -> str:
    """The middle lines: h across, v upright, o where the weft is on top, i the same for its ink.

    The ink ends a little before the thread does, or a ghost of it would show at each end.
    """
    left, right, top, bottom = laid.reach
    across = "".join(f"M{left} {y}H{right}" for y in laid.rows)
    upright = "".join(f"M{x} {top}V{bottom}" for x in laid.columns)
    over, ink = _over(laid, 0), _over(laid, laid.edge + 1)
    return (
        f'<path id="h" d="{across}"/><path id="v" d="{upright}"/>'
        f'<g id="o">{_repeated("p", over, laid)}</g><g id="i">{_repeated("q", ink, laid)}</g>'
    )


def _over(laid: Cloth, short: float) -> str:
    return "".join(
        f"M{start + short:g} {y}H{end - short:g}"
        for y, runs in zip(laid.rows, laid.runs, strict=False)
        for start, end in runs
    )


def _repeated(name: str, line: str, laid: Cloth) -> str:
    """The rows of one period, and the same again below as often as there is room."""
    step = laid.rows[1] - laid.rows[0]
    again = "".join(
        f'<use href="#{name}" y="{number * step}"/>'
        for number in range(laid.period, len(laid.rows), laid.period)
    )
    return f'<path id="{name}" d="{line}"/>{again}'


def _band(ink: str, thread: str, colour: str, laid: Cloth) -> str:
    return (
        f'<use href="#{ink}" stroke-width="{laid.band + 2 * laid.edge:g}"/>'
        f'<use href="#{thread}" stroke="{colour}" stroke-width="{laid.band}"/>'
    )


def _patch(slug: str, width: int, height: int) -> str:
    """The pictogram on a round patch in the middle, where no way of cropping loses it."""
    radius = round(height * DISC)
    scale = radius / 46
    x, y = width / 2 - 32 * scale, height / 2 - 32 * scale
    shapes = pictograms.drawings()[pictograms.known(slug)].replace("currentColor", NIGHT)
    return (
        f'<circle cx="{width // 2}" cy="{height // 2}" r="{radius}" fill="{PAPER}" stroke="{NIGHT}" '
        f'stroke-width="4"/>'
        f'<g transform="translate({x:g} {y:g}) scale({scale:.3g})" fill="none" stroke="{NIGHT}" '
        f'stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">{shapes}</g>'
    )
