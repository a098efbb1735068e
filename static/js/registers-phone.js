/*
 * The page that opens without signal: under the address of a register that this phone keeps, that register;
 * under any other, the list of them.
 */
const { registers } = self;
const page = document.querySelector("[data-phone]");
const place = (name, inside = page) => inside.querySelector(`[data-${name}]`);
const template = (name) => document.querySelector(`template[data-${name}]`);
const asked = /^\/organise\/registers\/([0-9a-f-]{36})\/$/.exec(location.pathname);
const LIST = place("back-to-list").querySelector("a").pathname;

function line(kind, { figure, words, number }) {
  return registers.filled(template(kind), { figure, words, number });
}

function question({ question: name, words, lines }) {
  const piece = registers.filled(template("one-question"), { question: name, words });
  piece.querySelector("legend").after(...lines.map((each) => line("line", each)));
  return piece;
}

function isCounted(one, waiting) {
  const changes = waiting.filter((batch) => batch.register === one.uuid && !batch.why);
  return one.came.number !== "" || changes.some((batch) => "came" in batch.changes);
}

function session(one, waiting) {
  const piece = registers.filled(template("session"), one);
  piece.querySelector("a").href = `${LIST}${one.uuid}/`;
  const counted = isCounted(one, waiting);
  place("counted", piece).hidden = !counted;
  place("not-counted", piece).hidden = counted;
  return piece;
}

async function showList(stored) {
  const { waiting } = await registers.look("queue");
  const list = place("list");
  list.before(document.querySelector("[data-waiting]"));
  list.replaceChildren(...stored.registers.map((one) => session(one, waiting)));
  place("nothing").hidden = stored.registers.length > 0;
  place("stored").hidden = stored.registers.length === 0 || new Date(stored.until) < new Date();
  place("stored").textContent = stored.said;
}

function showRegister(one) {
  document.title = document.title.replace(place("title").textContent, one.title);
  place("title").textContent = one.title;
  place("when").textContent = one.when;
  place("when").hidden = false;
  place("back-to-list").hidden = false;
  const now = new Date();
  if (now < new Date(one.opens) || now >= new Date(one.closes)) {
    place("shut").querySelector("p").textContent =
      now < new Date(one.opens) ? page.dataset.notYet : page.dataset.over;
    place("shut").hidden = false;
    if (now < new Date(one.opens)) {
      setTimeout(() => location.reload(), new Date(one.opens) - now);
    }
    return;
  }
  const piece = registers.filled(template("form"), one);
  place("came", piece).replaceWith(line("big-line", one.came));
  place("asked", piece).replaceChildren(...one.asked.map(question));
  place("optional", piece).replaceChildren(...one.optional.map(question));
  place("head-only", piece).hidden = one.asked.length > 0;
  place("groups", piece).hidden = one.asked.length === 0;
  place("open").append(piece);
  registers.countIn(place("open").querySelector("form"));
}

async function start() {
  await registers.started;
  const stored = await registers.look("stored");
  place("without-script").hidden = true;
  const one = stored.registers.find((each) => each.uuid === asked?.[1]);
  if (one) {
    registers.belongTo(stored.person);
    showRegister(one);
    return;
  }
  place("no-page").hidden = location.pathname === LIST;
  await showList(stored);
  registers.watch(async () => showList(await registers.look("stored")));
}

start();
