/* Of all ways to add dates to a calendar, brings forward those that fit this device. Without it all are listed. */
const SIGNS = [
  ["apple", /iPhone|iPad|iPod|Macintosh/],
  ["android", /Android/],
  ["windows", /Windows/],
];
const device = SIGNS.find(([, sign]) => sign.test(navigator.userAgent))?.[0] ?? "computer";

function bringForward(block) {
  delete block.dataset.calendar;
  const rest = block.querySelector("[data-rest]");
  const focused = document.activeElement;
  for (const way of block.querySelectorAll("[data-ways] > [data-for]")) {
    if (!way.dataset.for.split(" ").includes(device)) {
      rest.querySelector("ul").append(way);
    }
  }
  rest.hidden = false;
  /* Moving what has the focus takes it away: whoever was there first finds it open and stays. */
  if (rest.contains(focused)) {
    rest.open = true;
    focused.focus();
  }
}

function bringAllForward() {
  document.querySelectorAll("[data-calendar]").forEach(bringForward);
}

bringAllForward();
/* Results that htmx swaps in have a block of their own. */
new MutationObserver(bringAllForward).observe(document.querySelector("main"), { childList: true, subtree: true });
