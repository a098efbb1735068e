/*
 * What is on: filters as a sheet over a small screen, and a form that follows the address.
 * Without it the filters open where they stand, and every link is a page of its own.
 */
const form = document.getElementById("filters");
const sheet = document.getElementById("sheet");
const near = document.getElementById("near");
const opener = sheet.querySelector("summary");
const desk = matchMedia("(width >= 62em)");

/* Everything beside the sheet, but what is read out when the results change. */
function* around(element) {
  for (let inner = element; inner !== document.body; inner = inner.parentElement) {
    for (const other of inner.parentElement.children) {
      if (other !== inner && other.getAttribute("role") !== "status") {
        yield other;
      }
    }
  }
}

/* What is ticked in the sheet is one step of the history, however many ticks it takes. */
function cover(covered) {
  sheet.classList.toggle("browse__filters--sheet", covered);
  form.removeAttribute(covered ? "data-hx-push-url" : "data-hx-replace-url");
  form.setAttribute(covered ? "data-hx-replace-url" : "data-hx-push-url", "true");
  for (const other of around(sheet)) {
    other.inert = covered;
  }
}

function isCovering() {
  return sheet.classList.contains("browse__filters--sheet");
}

/* The address at which the sheet was opened, the one that was asked last, and whether a step that asked nothing
   is being taken back. */
let opened, asked;
let isDropping = false;
const READ_ANEW = { htmx: true }; // what htmx knows its own steps by

function addStep() {
  history.replaceState(READ_ANEW, "");
  history.pushState(READ_ANEW, "");
  opened = asked = location.href;
}

/* A step of its own, so that "Back" closes the sheet. Opened while its last one is still being taken back, it gets
   the new one after that. */
function open() {
  cover(true);
  if (!isDropping) {
    addStep();
  }
}

function uncover() {
  cover(false);
  sheet.open = false;
}

function close() {
  uncover();
  if (asked === opened && !isDropping) {
    isDropping = true;
    history.back();
  }
}

for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.body.addEventListener(name, () => {
    asked = location.href;
  });
}

/* What was ticked stays: "Back" once more takes it off. */
addEventListener(
  "popstate",
  (event) => {
    const isDropped = isDropping;
    const isClosed = isCovering() && !isDropped;
    isDropping = false;
    if (isClosed) {
      uncover();
      opener.focus();
    }
    if (isClosed || isDropped) {
      event.stopImmediatePropagation(); // htmx would load the page
      if (asked !== location.href) {
        history.pushState(READ_ANEW, "", asked);
      }
    }
    if (isDropped && isCovering()) {
      addStep();
    }
  },
  true,
);

function showResults() {
  document.getElementById("shown").focus();
}

/* Whoever asks for a new tab gets one. */
form.addEventListener(
  "click",
  (event) => {
    if (event.target.closest("a") && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.stopPropagation();
    }
  },
  true,
);

opener.addEventListener("click", (event) => {
  if (isCovering()) {
    event.preventDefault();
    close();
  } else if (!sheet.open && !desk.matches) {
    open();
  }
});

desk.addEventListener("change", () => isCovering() && close());

sheet.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isCovering()) {
    close();
    opener.focus();
  }
});

/* Every tick was sent already: the sheet's button only shows what it found. */
sheet.querySelector("[data-shows]").addEventListener("click", (event) => {
  if (window.htmx) {
    event.preventDefault();
    close();
    showResults();
  }
});

/* An address without empty fields, and with a place once: the server would send us there, one way later. */
form.addEventListener("htmx:configRequest", ({ detail }) => {
  const asked = detail.formData;
  const [shown = "", kept = ""] = asked.getAll("near");
  if (shown) {
    asked.set("near", kept.startsWith(`${shown}@`) ? kept : shown);
  } else {
    asked.delete("near");
    asked.delete("radius");
  }
  for (const name of new Set(asked.keys())) {
    const said = asked.getAll(name).filter((value) => value);
    asked.delete(name);
    said.forEach((value) => asked.append(name, value));
  }
});

function placeIn(asked) {
  return (asked.get("near") ?? "").split("@")[0];
}

/* A link changed the question: tick and fill in what its address asks. */
function follow(asked) {
  for (const control of form.elements) {
    const said = asked.getAll(control.name);
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = said.includes(control.value) || (!control.value && !said.length);
    } else if (["search", "date"].includes(control.type) || (control.type === "select-one" && said.length)) {
      control.value = said[0] ?? "";
    }
  }
  near.value = placeIn(asked);
}

function markProblems() {
  for (const control of form.querySelectorAll("[aria-describedby^='problem-']")) {
    const words = document.getElementById(control.getAttribute("aria-describedby")).textContent;
    if (words.trim()) {
      control.setAttribute("aria-invalid", "true");
    } else {
      control.removeAttribute("aria-invalid");
    }
  }
}

/* Whoever presses the button, or Enter, wants to see what came of it. */
let isPressed = false;

form.addEventListener("submit", () => {
  isPressed = true;
});

form.addEventListener("htmx:afterSwap", ({ target, detail }) => {
  if (target.id !== "results") {
    return;
  }
  const asked = new URL(detail.xhr.responseURL).searchParams;
  if (detail.requestConfig.elt !== form) {
    follow(asked);
  } else if (near !== document.activeElement) {
    near.value = placeIn(asked);
  }
  markProblems();
  const wrong = form.querySelector("[aria-invalid]");
  if (isPressed && wrong) {
    wrong.focus();
  } else if (isPressed || document.activeElement === document.body) {
    showResults();
  }
  isPressed = false;
});
