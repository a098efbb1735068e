/* The editor's summary of dates: asks the server again a moment after the form changed. Without it, saving shows it. */
const PAUSE = 600;

function start(box) {
  const form = box.closest("form");
  let timer = 0;
  let latest = 0;

  async function ask() {
    const turn = ++latest;
    const response = await fetch(box.dataset.datesSummary, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
    });
    if (response.ok && turn === latest) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      box.replaceChildren(...page.body.childNodes);
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => {}), PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
}

for (const box of document.querySelectorAll("[data-dates-summary]")) {
  if (box.dataset.datesSummary) {
    start(box);
  }
}
