"""Lighthouse on home, list and activity: 98 of 100 at least in each of its four categories.

On the production server with the 20,000 activities of the lists. It runs on Node: `make install-node`.
Run as a module.
"""

import json
import os
import shutil
import subprocess
import sys

from tests.bench import starting

LEAST = 98
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ACTIVITIES = 20_000


def main() -> int:
    """Print what was measured; 1 where a score is too low or nothing can be measured, else 0."""
    starting.start()
    from django.conf import settings  # noqa: PLC0415

    from tests.bench import first_view, serving  # noqa: PLC0415

    chromium, node = first_view.chromium(), shutil.which("node")
    lighthouse = settings.DATA_DIR / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
    if chromium is None or node is None or not lighthouse.exists():
        print("no Lighthouse: install Node 20 and Chromium, then `make install-node`")
        return 1
    paths = serving.prepare_pages(ACTIVITIES)
    del paths["map"]
    with serving.serving() as server:
        kept = [
            _measure([node, str(lighthouse)], chromium, name, f"http://localhost:{server.port}{path}")
            for name, path in paths.items()
        ]
    return 0 if all(kept) else 1


def _measure(lighthouse: list[str], chromium: str, name: str, url: str) -> bool:
    from tests.bench import first_view  # noqa: PLC0415

    ran = subprocess.run(
        [
            *lighthouse,
            url,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(first_view.FLAGS)}",
        ],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(ran.stdout)
    scores = {kind: round(report["categories"][kind]["score"] * 100) for kind in CATEGORIES}
    print(f"{name:9} " + ", ".join(f"{kind} {score}" for kind, score in scores.items()))
    for kind in CATEGORIES:
        for line in _below(report, kind):
            print(f"          {line}")
    return min(scores.values()) >= LEAST


def _below(report: dict, kind: str) -> list[str]:
    """What cost points, in Lighthouse's words."""
    weighed = [part["id"] for part in report["categories"][kind]["auditRefs"] if part["weight"]]
    audits = [report["audits"][name] for name in weighed]
    return [
        f"{audit['title']}: {audit.get('displayValue', 'missed')}"
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


if __name__ == "__main__":
    sys.exit(main())
