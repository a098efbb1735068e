/*
 * A register that saves as one counts. Every press is kept on the phone until the server has counted it, in
 * numbered batches, so that a lost connection loses nothing and a repeat doubles nothing. Counts only; no name.
 * Without it the same buttons send the form.
 */
const NAME = "registers";
const PAUSE = 400;
const AGAIN = 5000;
const MOST = 40;
const form = document.querySelector("[data-register]");
const register = form.dataset.register;
const said = document.querySelector("[data-said]");
const undo = document.querySelector("[data-undo]");
let done = null;
let timer = 0;
let sending = false;

/* A number of this phone's own for each batch, and what waits. Where nothing can be kept it waits in this page. */
let memory = { device: crypto.randomUUID(), next: 1, waiting: [] };

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME));
    return found && Array.isArray(found.waiting) ? found : memory;
  } catch {
    return memory;
  }
}

function keep(state) {
  memory = state;
  try {
    localStorage.setItem(NAME, JSON.stringify(state));
  } catch {
    /* It is in memory. */
  }
}

/* Two tabs of one browser never give one number twice. */
function locked(work) {
  return navigator.locks ? navigator.locks.request(NAME, work) : Promise.resolve(work());
}

const line = (figure) => form.querySelector(`[data-figure="${CSS.escape(figure)}"]`);
const numberOf = (box) => box.querySelector(".count__number");
const seenOf = (box) => box.querySelector("[type=hidden]");

function show(figure, number) {
  const box = line(figure);
  if (box) {
    numberOf(box).value = number;
    seenOf(box).value = number;
    addUp();
  }
}

/* Nothing is written over what somebody is typing. */
function isTyping(box) {
  return box !== null && document.activeElement === numberOf(box) && numberOf(box).value !== seenOf(box).value;
}

function addUp() {
  const came = seenOf(line("came")).value;
  for (const question of form.querySelectorAll("[data-question]")) {
    const numbers = [...question.querySelectorAll(".count")].map((box) => Number(seenOf(box).value));
    const total = numbers.reduce((sum, number) => sum + number, 0);
    question.querySelector("[data-total]").textContent = total;
    question.querySelector("[data-too-many]").hidden = came === "" || total <= Number(came);
  }
}

function say(words) {
  said.textContent = words;
}

/* What waits is one batch for each register until it has been sent once: its number may not change then. */
function add(changes, undoing = false) {
  for (const [figure, number] of Object.entries(changes)) {
    const box = line(figure);
    if (box) {
      show(figure, Math.max(0, Number(seenOf(box).value) + number));
    }
  }
  done = undoing ? null : changes;
  undo.hidden = done === null;
  document.querySelector("[data-undo-form]")?.remove();
  say(form.dataset.saving);
  return locked(() => {
    const state = kept();
    const open = state.waiting.find((one) => one.register === register && !one.sent);
    const batch = open ?? { number: state.next, register, changes: {}, sent: false };
    for (const [figure, number] of Object.entries(changes)) {
      batch.changes[figure] = (batch.changes[figure] ?? 0) + number;
    }
    if (!open) {
      state.next += 1;
      state.waiting.push(batch);
    }
    keep(state);
  }).then(() => later(PAUSE));
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

async function send() {
  if (sending) {
    return later(PAUSE);
  }
  sending = true;
  try {
    await sendWaiting();
  } finally {
    sending = false;
  }
  return undefined;
}

async function sendWaiting() {
  const { device, batches } = await locked(() => {
    const state = kept();
    const first = state.waiting.slice(0, MOST);
    for (const one of first) {
      one.sent = true;
    }
    keep(state);
    return { device: state.device, batches: first };
  });
  if (batches.length === 0) {
    return;
  }
  let answer;
  try {
    answer = await fetch(form.dataset.batches, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ device, batches }),
    });
  } catch {
    say(form.dataset.lost);
    later(AGAIN);
    return;
  }
  if (answer.status === 401 || answer.status === 403) {
    say(form.dataset.signedOut);
  } else if (answer.ok) {
    await taken(await answer.json());
  } else {
    say(form.dataset.lost);
    later(AGAIN);
  }
}

/* What was taken or never will be need not wait; numbers that others raised are shown. */
async function taken(answer) {
  const over = new Set([...answer.taken, ...answer.refused.map((one) => one.number)]);
  const waiting = await locked(() => {
    const state = kept();
    state.waiting = state.waiting.filter((one) => !over.has(one.number));
    keep(state);
    return state.waiting;
  });
  const mine = waiting.filter((one) => one.register === register);
  for (const [figure, number] of Object.entries(answer.registers[register] ?? {})) {
    if (isTyping(line(figure))) {
      continue;
    }
    show(figure, number + mine.reduce((sum, one) => sum + (one.changes[figure] ?? 0), 0));
  }
  if (answer.refused.length) {
    say(answer.refused.map((one) => one.why).join(" "));
  } else if (mine.length === 0 && answer.said) {
    say(answer.said);
  }
  if (waiting.length) {
    later(PAUSE);
  }
}

form.addEventListener("submit", (event) => {
  const step = event.submitter?.value ?? "";
  if (event.submitter?.name !== "step") {
    return;
  }
  event.preventDefault();
  const figure = step.slice(0, -1);
  const minus = step.endsWith("-");
  if (minus && Number(seenOf(line(figure)).value) === 0) {
    return;
  }
  add({ [figure]: minus ? -1 : 1 });
});

form.addEventListener("change", (event) => {
  const box = event.target.closest(".count");
  if (!box) {
    return;
  }
  const typed = event.target.value.trim();
  const seen = seenOf(box).value;
  if (!/^[0-9]{1,4}$/.test(typed)) {
    event.target.value = typed === "" ? seen : typed;
    event.target.setAttribute("aria-invalid", typed !== "");
    say(typed === "" ? "" : form.dataset.notANumber);
    return;
  }
  event.target.removeAttribute("aria-invalid");
  if (typed !== seen) {
    add({ [box.dataset.figure]: Number(typed) - Number(seen) });
  }
});

undo.addEventListener("click", () => {
  const contrary = Object.fromEntries(Object.entries(done).map(([figure, number]) => [figure, -number]));
  add(contrary, true);
  line(Object.keys(contrary)[0]).querySelector(".count__number").focus();
});

addEventListener("online", () => later(0));

form.querySelector("[data-without-script]").hidden = true;
for (const one of kept().waiting.filter((each) => each.register === register)) {
  for (const [figure, number] of Object.entries(one.changes)) {
    const box = line(figure);
    if (box) {
      show(figure, Math.max(0, Number(seenOf(box).value) + number));
    }
  }
}
later(0);
