/*
 * What this phone keeps of registers, for pages and for the worker: registers that open without signal, and
 * changes that wait until the server has counted them. Counts only; no name of anybody.
 *
 * Changes wait in one line, in numbered batches. A batch gets its number in the transaction that keeps it, so
 * two tabs never give one number twice; what is in it never changes once it has been sent, so a batch that
 * arrives twice is the same one and is counted once. It is sent only while the person who counted is signed in.
 *
 * A phone that is full keeps what it has. From then on this page goes on without it, and says so: what is pressed
 * waits in the page, and what was kept is sent from it as it stands.
 */
"use strict";

self.registers = (() => {
  const NAME = "registers";
  const ADDRESS = "/organise/registers/";
  const MOST = 40;
  const PATIENCE = 30_000;
  const fresh = {
    queue: () => ({ device: crypto.randomUUID(), next: 1, waiting: [] }),
    stored: () => ({ person: "", until: "", said: "", registers: [] }),
  };
  /* Where nothing can be kept it waits in this page. */
  const memory = {};
  let opening;
  let isFull = false;
  /* What a full phone may still keep although it is counted. */
  const counted = [];
  /* Only the page that began a batch adds to it, and only while somebody looks at it: when another page sends
   * the batch and cannot write that down, nothing more comes to it. */
  let sitting = crypto.randomUUID();
  /* Who is signed in, with the token that the server wants to see; and whose page this is, who may be another. */
  let pass;
  let owner;
  const others = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;

  function open() {
    opening ??= new Promise((resolve) => {
      try {
        const asking = indexedDB.open(NAME, 1);
        asking.onupgradeneeded = () => asking.result.createObjectStore(NAME);
        asking.onsuccess = () => {
          asking.result.onclose = () => (opening = undefined);
          resolve(asking.result);
        };
        asking.onerror = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
    return opening;
  }

  /* Phones close what a page in the background had open. */
  async function begin(mode) {
    const options = { durability: "strict" };
    try {
      return (await open()).transaction(NAME, mode, options);
    } catch {
      opening = undefined;
      return (await open()).transaction(NAME, mode, options);
    }
  }

  async function isInMemory(name) {
    const hasNone = (await open()) === null;
    isFull ||= hasNone;
    return hasNone || (isFull && name === "queue");
  }

  const isEmpty = {
    queue: ({ waiting, last }) => waiting.length === 0 && !last,
    stored: ({ person }) => person === "",
  };

  /* Nothing is written where nothing changed; what is empty is taken away, which a full phone allows. */
  function write(place, name, before, state) {
    if (isEmpty[name](state)) {
      place.delete(name);
    } else if (JSON.stringify(state) !== before) {
      place.put(state, name);
    }
  }

  /* Read, change and keep as one: no other tab comes between. Gives what `work` gives. */
  async function keep(name, work) {
    const transaction = await begin("readwrite");
    return new Promise((resolve, reject) => {
      const place = transaction.objectStore(NAME);
      const asking = place.get(name);
      let given;
      asking.onsuccess = () => {
        const state = asking.result ?? fresh[name]();
        const before = JSON.stringify(state);
        given = work(state);
        write(place, name, before, state);
      };
      transaction.oncomplete = () => {
        others?.postMessage(name);
        resolve(given);
      };
      transaction.onabort = () => reject(transaction.error);
    });
  }

  /* The whole line goes on in this page, under a device of its own. What the phone keeps stays there as it is,
   * until it is counted. The worker has nobody whom it could tell, and leaves it to the next page. */
  async function goOnInPage() {
    const kept = await look("queue");
    if (isFull) {
      return; // two presses at once
    }
    const closed = (one) => ({ ...one, device: one.device ?? kept.device, sent: true });
    memory.queue = { ...fresh.queue(), waiting: kept.waiting.map(closed) };
    isFull = true;
  }

  /* Where the phone is full, presses wait in this page. */
  async function change(name, work) {
    if (!(await isInMemory(name))) {
      try {
        return await keep(name, work);
      } catch (error) {
        if (name !== "queue" || !self.document) {
          throw error;
        }
        await goOnInPage();
      }
    }
    memory[name] ??= fresh[name]();
    return work(memory[name]);
  }

  async function look(name) {
    if (await isInMemory(name)) {
      return memory[name] ?? fresh[name]();
    }
    const transaction = await begin("readonly");
    return new Promise((resolve, reject) => {
      const asking = transaction.objectStore(NAME).get(name);
      asking.onsuccess = () => resolve(asking.result ?? fresh[name]());
      asking.onerror = () => reject(asking.error);
    });
  }

  const idOf = (one) => one.mark ?? `${one.device} ${one.number}`;

  /* One line of changes for each register until it has been sent once. */
  function put(queue, about, changes) {
    const isOpen = (one) => one.sitting === sitting && !one.sent;
    const isSame = (one) => one.register === about.register && one.person === about.person;
    let batch = queue.waiting.find((one) => isOpen(one) && isSame(one));
    if (!batch) {
      const named = { number: queue.next, mark: crypto.randomUUID(), sitting, ...about };
      batch = { ...named, words: {}, changes: {}, times: 0, at: Date.now(), sent: false };
      queue.next += 1;
      queue.waiting.push(batch);
    }
    for (const [figure, { by, words }] of Object.entries(changes)) {
      batch.changes[figure] = (batch.changes[figure] ?? 0) + by;
      batch.words[figure] = words;
    }
    batch.times += 1;
  }

  /* `about`: the register, its name and who counts. False where there was no room: then it waits in this page. */
  async function add(about, changes) {
    await change("queue", (queue) => put(queue, about, changes));
    return !isFull;
  }

  /* An earlier release kept what waits elsewhere, under a device and numbers of its own. */
  async function moveIn() {
    let earlier;
    try {
      earlier = JSON.parse(localStorage.getItem(NAME));
    } catch {
      return;
    }
    if (!Array.isArray(earlier?.waiting)) {
      return;
    }
    const old = earlier.waiting.map((one) => ({
      ...{ device: earlier.device, person: "", name: "", words: {}, times: 1 },
      ...one,
    }));
    await change("queue", (queue) => {
      const known = queue.waiting.map(idOf);
      queue.waiting.push(...old.filter((one) => !known.includes(idOf(one))));
    });
    if (!isFull) {
      localStorage.removeItem(NAME);
    }
  }

  /* What came, or why nothing did. Where one has to sign in first a page comes instead of JSON. */
  async function ask(path, options = {}) {
    if (self.navigator.onLine === false) {
      return { state: "lost" };
    }
    try {
      const answer = await fetch(ADDRESS + path, { signal: AbortSignal.timeout?.(PATIENCE), ...options });
      if (answer.status === 401 || answer.redirected) {
        return { state: "signedOut" };
      }
      if (answer.status === 403) {
        return { state: "stale" };
      }
      return answer.ok ? { state: "sent", told: await answer.json() } : { state: "lost" };
    } catch {
      return { state: "lost" };
    }
  }

  /* What can be done without: it is tried again at the next occasion. */
  const changeStored = (work) => change("stored", work).catch(() => {});

  /* Registers that were stored for somebody else go. */
  function meet(person) {
    return changeStored((stored) => {
      if (stored.person && stored.person !== person) {
        Object.assign(stored, fresh.stored());
      }
    });
  }

  async function signIn(given) {
    pass = given;
    await meet(pass.person);
  }

  async function newPass() {
    const { state, told } = await ask("token/");
    if (told) {
      await signIn(told);
    } else {
      pass = undefined;
    }
    return state;
  }

  const isOf = (person) => (one) => !one.why && (!one.person || one.person === person);

  /* From here on they are what they are. */
  function seal(person) {
    return change("queue", (queue) => {
      const waiting = queue.waiting.filter(isOf(person));
      const device = waiting[0]?.device;
      const batches = waiting.filter((one) => one.device === device).slice(0, MOST);
      for (const one of batches) {
        one.sent = true;
      }
      return { device: device ?? queue.device, batches };
    });
  }

  function post({ device, batches }) {
    const sent = batches.map(({ number, mark, register, changes }) => ({ number, mark, register, changes }));
    return ask("batches/", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": pass.token },
      body: JSON.stringify({ device, batches: sent }),
    });
  }

  /* What was counted goes from a full phone, too. Where not even that can be written it is sent once more by
   * another page, and counted once. When nothing waits here any more the phone is tried again. */
  async function clear(ids) {
    counted.push(...ids);
    try {
      await keep("queue", (queue) => {
        queue.waiting = queue.waiting.filter((one) => !counted.includes(idOf(one)));
        queue.last = undefined;
      });
      isFull = memory.queue.waiting.length > 0;
    } catch {
      /* It is still full. */
    }
  }

  /* What was counted need not wait. What was refused stays, with why, until its person has written it down. */
  async function settle({ batches }, told) {
    const sent = new Map(batches.map((one) => [idOf(one), one.number]));
    const why = new Map(told.refused.map((one) => [one.number, one.why]));
    await change("queue", (queue) => {
      queue.last = { at: Date.now(), registers: told.registers };
      queue.waiting = queue.waiting.filter((one) => !told.taken.includes(sent.get(idOf(one))));
      for (const one of queue.waiting) {
        const number = sent.get(idOf(one));
        if (why.has(number)) {
          one.why = why.get(number);
        } else if (told.again.includes(number)) {
          Object.assign(one, { number: queue.next, mark: crypto.randomUUID(), device: undefined });
          queue.next += 1;
        }
      }
    });
    if (isFull) {
      await clear(batches.map(idOf).filter((id) => told.taken.includes(sent.get(id))));
    }
    await changeStored((stored) => {
      for (const one of stored.registers) {
        const lines = [one.came, ...[...one.asked, ...one.optional].flatMap((each) => each.lines)];
        for (const line of lines) {
          line.number = String(told.registers[one.uuid]?.[line.figure] ?? line.number);
        }
      }
    });
  }

  /* A phone that keeps nothing asks nothing. */
  async function keepsNothing() {
    return (await look("queue")).waiting.length === 0 && (await look("stored")).person === "";
  }

  async function sendAll() {
    let state = pass || (await keepsNothing()) ? "sent" : await newPass();
    if (self.navigator.onLine === false && pass) {
      state = "lost";
    }
    const outcome = { state, registers: {}, refused: [], said: "" };
    for (let renewed = false; pass && state === "sent"; ) {
      const sealed = await seal(pass.person);
      if (sealed.batches.length === 0) {
        break;
      }
      const answer = await post(sealed);
      state = answer.state;
      if (state === "stale" && !renewed) {
        renewed = true;
        state = await newPass();
      } else if (state === "sent") {
        await settle(sealed, answer.told);
        Object.assign(outcome.registers, answer.told.registers);
        const numbers = answer.told.refused.map((one) => one.number);
        outcome.refused.push(...sealed.batches.filter((one) => numbers.includes(one.number)));
        outcome.said = answer.told.said || outcome.said;
      }
    }
    if (state === "sent" && pass && owner && owner !== pass.person) {
      state = "signedOut"; // somebody else has signed in meanwhile
    } else if (state === "signedOut") {
      pass = undefined;
    }
    outcome.state = state === "stale" ? "lost" : state;
    if (outcome.said) {
      others?.postMessage({ ...outcome, refused: [] }); // they never showed those
    }
    return outcome;
  }

  /* One after the other where the browser can tell; the server counts each batch once in any case. */
  function send() {
    return self.navigator.locks ? self.navigator.locks.request(NAME, sendAll) : sendAll();
  }

  /* So that the worker sends when there is signal again, even with no page open. */
  async function sendLater() {
    try {
      const worker = await self.navigator.serviceWorker?.getRegistration("/organise/");
      await worker?.sync?.register(NAME);
    } catch {
      /* The next page sends. */
    }
  }

  function belongTo(person) {
    owner ??= person;
  }

  /* Whether something would be gone with this page. */
  const isOnlyHere = () => isFull && memory.queue?.waiting.some((one) => !one.device) === true;

  /* Who counts on this page. */
  async function who() {
    return owner ?? pass?.person ?? (await look("stored")).person;
  }

  /* Signing out takes the registers along; only what waits stays. */
  function signOut() {
    return change("stored", (stored) => Object.assign(stored, fresh.stored()));
  }

  /* What other tabs and the worker changed: its name, or how sending ended. */
  const watch = (act) => others?.addEventListener("message", ({ data }) => act(data));

  self.document?.addEventListener("visibilitychange", () => {
    sitting = crypto.randomUUID();
  });

  const keeping = { look, change, add, isOnlyHere, moveIn, idOf };
  return { ...keeping, ask, send, sendLater, belongTo, signIn, signOut, who, watch };
})();
