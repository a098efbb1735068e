/*
 * Says what waits in this phone, in words: what is not sent yet and why, what of somebody else's waits, and
 * numbers that were refused, to be written down. Other scripts say when something was tried: `registers.tried`.
 */
const { registers } = self;
const box = document.querySelector("[data-waiting]");
const now = box.querySelector("[data-waiting-now]");
const words = JSON.parse(box.dataset.words);
const rules = new Intl.PluralRules(document.documentElement.lang);
/* On a register the line below its numbers says how sending goes. */
const isSaidElsewhere = () => document.querySelector("[data-said]") !== null;
let state = "sent";

const timesOf = (batches) => batches.reduce((sum, one) => sum + one.times, 0);

/* In the plural of its own number: each stands there for an example. */
function say(kind, number) {
  const kinds = Object.keys(words[kind]);
  const like = kinds.find((each) => rules.select(Number(each)) === rules.select(number));
  return words[kind][like ?? kinds.at(-1)].replace("{number}", number);
}

function filled(template, values) {
  const piece = template.content.cloneNode(true);
  const put = (text) => text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
  const texts = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = put(texts.currentNode.data);
  }
  for (const { attributes } of piece.querySelectorAll("*")) {
    for (const attribute of [...attributes].filter((each) => each.value.includes("{"))) {
      attribute.value = put(attribute.value);
    }
  }
  return piece;
}

/* After signing in one comes back here; or does so beside this page, where something would be gone with it. */
function showSignIn(isNeeded) {
  for (const place of document.querySelectorAll("[data-sign-in]")) {
    const link = place.matches("a") ? place : place.querySelector("a");
    link.href = `${link.pathname}?next=${encodeURIComponent(location.pathname)}`;
    link.target = registers.isOnlyHere() ? "_blank" : "";
    place.hidden = !isNeeded;
  }
}

const signed = (number) => (number < 0 ? `−${-number}` : `+${number}`);

function refusal(batch) {
  const piece = filled(box.querySelector("[data-refusal]"), batch);
  const shown = piece.firstElementChild;
  for (const [figure, number] of Object.entries(batch.changes)) {
    const line = document.createElement("li");
    line.append(batch.words[figure] ?? figure, " ", signed(number));
    shown.querySelector("[data-numbers]").append(line);
  }
  shown.dataset.batch = registers.idOf(batch);
  shown.querySelector("[data-again]").addEventListener("click", () => tryAgain(batch));
  shown.querySelector("[data-written]").addEventListener("click", () => letGo(batch, shown));
  return shown;
}

async function tryAgain(batch) {
  await registers.change("queue", (queue) => {
    const found = queue.waiting.find((one) => registers.idOf(one) === registers.idOf(batch));
    delete found?.why;
  });
  dispatchEvent(new Event("registers-wait"));
}

async function letGo(batch, shown) {
  await registers.change("queue", (queue) => {
    queue.waiting = queue.waiting.filter((one) => registers.idOf(one) !== registers.idOf(batch));
  });
  const piece = box.querySelector("[data-let-go]").content.firstElementChild.cloneNode(true);
  const back = piece.querySelector("[data-back]");
  back.addEventListener("click", async () => {
    await registers.change("queue", (queue) => queue.waiting.push(batch));
    piece.remove();
    draw();
  });
  shown.replaceWith(piece);
  back.focus();
}

function drawRefusals(refused) {
  const place = box.querySelector("[data-refusals]");
  const shown = new Map([...place.querySelectorAll("[data-batch]")].map((one) => [one.dataset.batch, one]));
  for (const batch of refused) {
    if (!shown.delete(registers.idOf(batch))) {
      place.append(refusal(batch));
    }
  }
  shown.forEach((one) => one.remove());
}

async function draw() {
  const [{ waiting }, me] = [await registers.look("queue"), await registers.who()];
  const mine = waiting.filter((one) => !me || !one.person || one.person === me);
  const unsent = timesOf(mine.filter((one) => !one.why));
  const others = timesOf(waiting.filter((one) => !mine.includes(one)));
  const isStuck = unsent > 0 && state !== "sent";
  const told = isStuck ? say(state, unsent) : "";
  now.hidden = !isStuck || isSaidElsewhere();
  now.querySelector("[data-waiting-said]").textContent = now.hidden ? "" : told;
  const about = box.querySelector("[data-waiting-others]");
  about.hidden = others === 0;
  about.textContent = others ? say("others", others) : "";
  drawRefusals(me ? mine.filter((one) => one.why) : []);
  showSignIn(isStuck && state === "signedOut");
  box.hidden = now.hidden && about.hidden && box.querySelector("[data-refusals]").childElementCount === 0;
  return told;
}

/* Sending was tried and ended so. Gives what can be said of it, if anything still waits. */
registers.tried = (ended) => {
  state = ended;
  return draw();
};
registers.noRoom = box.dataset.noRoom;
registers.allSent = box.dataset.sent;
registers.filled = filled;

async function start() {
  const { person, token } = box.dataset;
  await registers.moveIn();
  if (token) {
    registers.belongTo(person);
    await registers.signIn({ person, token });
  }
}

/* A register sends by itself; other pages do it here. */
async function send() {
  if (isSaidElsewhere()) {
    return;
  }
  const { state: ended } = await registers.send();
  await registers.tried(ended);
  if (ended === "lost") {
    await registers.sendLater();
  }
}

registers.started = start();
registers.started.then(send);
registers.watch(draw);
addEventListener("online", send);
addEventListener("registers-wait", send);
document.addEventListener("visibilitychange", () => document.hidden || send());
