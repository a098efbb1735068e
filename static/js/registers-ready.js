/*
 * "Ready for tonight": the registers of the next 24 hours, the page that opens them and its files go into this
 * phone. Appears where the browser can keep them, and says so where it cannot.
 */
const { registers } = self;
const box = document.querySelector("[data-ready]");

/* Until the worker has everything that the page needs. */
function settled(registration) {
  const coming = registration.installing ?? registration.waiting;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (coming.state === "activated") {
        resolve();
      } else if (coming.state === "redundant") {
        reject(new Error(coming.state));
      }
    };
    if (!coming) {
      resolve();
      return;
    }
    coming.addEventListener("statechange", look);
    look();
  });
}

/* Registers with changes that wait stay, so that one sees on what these are. */
function keep(told) {
  return registers.look("queue").then(({ waiting }) =>
    registers.change("stored", (stored) => {
      const isNew = (one) => !told.registers.some((each) => each.uuid === one.uuid);
      const isNeeded = (one) => waiting.some((batch) => batch.register === one.uuid && !batch.why);
      const older = stored.person === told.person ? stored.registers : [];
      told.registers.push(...older.filter((one) => isNew(one) && isNeeded(one)));
      Object.assign(stored, told);
    }),
  );
}

function start(say) {
  const press = box.querySelector("[data-ready-press]");
  const where = box.querySelector("[data-ready-where]");

  function show({ said, until, registers: found }) {
    where.hidden = found.length === 0;
    say(new Date(until) > new Date() ? said : "");
  }

  async function store() {
    const { state, told } = await registers.ask("ready/");
    if (!told) {
      return say(state === "lost" ? box.dataset.lost : box.dataset.signedOut);
    }
    await settled(await navigator.serviceWorker.register("/organise/sw.js", { scope: "/organise/" }));
    await keep(told);
    navigator.storage?.persist?.();
    return show(told);
  }

  press.addEventListener("click", async () => {
    if (press.getAttribute("aria-busy") === "true") {
      return;
    }
    press.setAttribute("aria-busy", "true");
    say(box.dataset.storing);
    try {
      await store();
    } catch (error) {
      say(error.name === "QuotaExceededError" ? box.dataset.noRoom : box.dataset.lost);
    } finally {
      press.removeAttribute("aria-busy");
    }
  });
  registers.started.then(() => registers.look("stored")).then(show);
}

if (box) {
  const said = box.querySelector("[data-ready-said]");
  const say = (words) => {
    said.textContent = words;
  };
  box.hidden = false;
  if ("serviceWorker" in navigator && "indexedDB" in self && "caches" in self) {
    start(say);
  } else {
    box.querySelector("[data-ready-press]").hidden = true;
    say(box.dataset.cannot);
  }
}
