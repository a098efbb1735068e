"""The first view of home, list and activity on a phone six times slower than this machine, over slow 3G.

On the 20,000 activities of the lists; each time is the middle of three. Run as a module, on a quiet machine.
"""

import statistics
import sys

from tests.bench import starting

HEAVIEST, HEAVIEST_MAP, MOST_REQUESTS = 120_000, 180_000, 12
SLOWEST, MOST_SHIFT = 2.5, 0.05
ACTIVITIES, TURNS = 20_000, 3


def main() -> int:
    """Print what was measured; 1 where a budget is broken, else 0."""
    starting.start()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.bench import first_view, serving  # noqa: PLC0415

    chromium = first_view.chromium()
    if chromium is None:
        print("no Chromium: install Debian's package chromium")
        return 1
    paths = serving.prepare_pages(ACTIVITIES)
    with serving.serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=first_view.FLAGS)
        kept = [
            _measure(browser, name, f"http://localhost:{server.port}{path}") for name, path in paths.items()
        ]
        browser.close()
    return 0 if all(kept) else 1


def _measure(browser: object, name: str, url: str) -> bool:
    from tests.bench import first_view  # noqa: PLC0415

    weight = first_view.weigh(browser, url)
    paints = [first_view.paint(browser, url) for _ in range(TURNS)]
    bare = first_view.paint(browser, url, scripts=False)
    largest = statistics.median(paint.largest for paint in paints)
    shift = max(paint.shift for paint in paints)
    print(
        f"{name:9} {weight.size / 1000:5.1f} kB in {weight.requests} requests; "
        f"largest paint {largest:.2f} s ({paints[0].what}), "
        f"{bare.largest:.2f} s without script; shift {shift:.3f}"
    )
    heaviest = HEAVIEST_MAP if name == "map" else HEAVIEST
    light = weight.size <= heaviest and (name == "map" or weight.requests <= MOST_REQUESTS)
    return light and (name == "map" or max(largest, bare.largest) <= SLOWEST) and shift <= MOST_SHIFT


if __name__ == "__main__":
    sys.exit(main())
