/*
 * A tablet that goes from hand to hand. After the thank-you it goes back to an empty form by itself and takes
 * the thank-you's place in the history; a form that somebody leaves half filled in is emptied after a minute.
 */
const BACK_AFTER = 8_000;
const EMPTY_AFTER = 60_000;

const next = document.querySelector("[data-next]");
if (next) {
  next.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(next.href);
  });
  setTimeout(() => location.replace(next.href), BACK_AFTER);
}

const form = document.querySelector("form.asks");
if (form) {
  let waiting;
  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => location.replace(location.href), EMPTY_AFTER);
  });
}

addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});
