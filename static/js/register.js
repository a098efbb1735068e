/*
 * A register that saves as one counts. Every press is kept in the phone until the server has counted it
 * (registers-kept.js), so that a lost connection loses nothing and a repeat doubles nothing. Counts only; no name.
 * Without it the same buttons send the form.
 */
const PAUSE = 400;
const AGAIN = 5_000;
const SELDOM = 60_000;
const { registers } = self;
let form;
let register;
let said;
let undo;
let done = null;
let timer = 0;
let wait = AGAIN;
let sending = false;
/* When what waits in the phone is on the page. */
let ready;
/* Whether the line below says that something is under way or waits. */
let saysUnderWay = false;

const line = (figure) => form.querySelector(`[data-figure="${CSS.escape(figure)}"]`);
const numberOf = (box) => box.querySelector(".count__number");
const seenOf = (box) => box.querySelector("[type=hidden]");
const wordsOf = (box) => box.querySelector("label").textContent;

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

function say(words, isUnderWay = false) {
  said.textContent = words;
  saysUnderWay = isUnderWay;
}

function contrary(changes) {
  return Object.fromEntries(Object.entries(changes).map(([figure, number]) => [figure, -number]));
}

/* On top of what the page says: what waits in the phone. */
function showMore(changes) {
  for (const [figure, number] of Object.entries(changes)) {
    const box = line(figure);
    if (box) {
      show(figure, Math.max(0, Number(seenOf(box).value) + number));
    }
  }
}

async function add(changes, undoing = false) {
  await ready;
  showMore(changes);
  done = undoing ? null : changes;
  undo.hidden = done === null;
  document.querySelector("[data-undo-form]")?.remove();
  say(form.dataset.saving, true);
  const named = Object.entries(changes).map(([figure, by]) => [figure, { by, words: wordsOf(line(figure)) }]);
  const about = { register, name: form.dataset.name, person: await registers.who() };
  if (!(await registers.add(about, Object.fromEntries(named)))) {
    say(registers.noRoom, true);
  }
  later(PAUSE);
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

async function send() {
  if (sending) {
    return later(PAUSE);
  }
  sending = true;
  try {
    await sent(await registers.send());
  } finally {
    sending = false;
  }
  return undefined;
}

/* Numbers that others raised are shown; what could not be sent is tried again, less and less often. */
async function sent({ state, registers: now, refused, said: words }) {
  const waits = await registers.tried(state);
  const waiting = await mine();
  refused.filter((one) => one.register === register).forEach(({ changes }) => showMore(contrary(changes)));
  for (const [figure, number] of Object.entries(now[register] ?? {})) {
    if (!isTyping(line(figure))) {
      show(figure, number + waiting.reduce((sum, one) => sum + (one.changes[figure] ?? 0), 0));
    }
  }
  if (waits) {
    say(registers.isOnlyHere() ? `${registers.noRoom} ${waits}` : waits, true);
  } else if (waiting.length === 0 && (words || saysUnderWay)) {
    say(words || (await whyRefused()) || registers.allSent);
  }
  if (state === "lost") {
    await registers.sendLater();
    later(wait);
    wait = Math.min(2 * wait, SELDOM);
  } else {
    wait = AGAIN;
  }
}

/* Of this register, what waits to be counted. */
async function mine() {
  const me = await registers.who();
  const { waiting } = await registers.look("queue");
  const isMine = (one) => !me || !one.person || one.person === me;
  return waiting.filter((one) => one.register === register && !one.why && isMine(one));
}

/* Of its numbers that were refused last; they are shown below. */
async function whyRefused() {
  const { waiting } = await registers.look("queue");
  return waiting.findLast((one) => one.register === register && one.why)?.why ?? "";
}

function press(event) {
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
}

function type(event) {
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
}

function takeBack() {
  const [figure] = Object.keys(done);
  add(contrary(done), true);
  numberOf(line(figure)).focus();
}

/* The page's own form, or one that was made of what the phone keeps. */
registers.countIn = async (place) => {
  form = place;
  register = form.dataset.register;
  said = document.querySelector("[data-said]");
  undo = document.querySelector("[data-undo]");
  form.querySelector("[data-without-script]")?.setAttribute("hidden", "");
  form.addEventListener("submit", press);
  form.addEventListener("change", type);
  undo.addEventListener("click", takeBack);
  addEventListener("beforeunload", (event) => registers.isOnlyHere() && event.preventDefault());
  addEventListener("online", () => later(0));
  addEventListener("registers-wait", () => later(0));
  document.addEventListener("visibilitychange", () => document.hidden || later(0));
  registers.watch((told) => told.said && sent(told));
  ready = prepare();
  await ready;
  later(0);
};

/* What another page sent while this one was on its way may not be in its numbers yet. */
async function prepare() {
  await registers.started;
  const { last } = await registers.look("queue");
  if (last?.at > performance.timeOrigin) {
    Object.entries(last.registers[register] ?? {}).forEach(([figure, number]) => show(figure, number));
  }
  addUp();
  for (const one of await mine()) {
    showMore(one.changes);
  }
}

const found = document.querySelector("form[data-register]");
if (found) {
  registers.countIn(found);
}
