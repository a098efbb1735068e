/*
 * Opens registers without signal, for /organise/ alone. It keeps one page, which is the same for everybody, and
 * that page's files; every other page comes from the server or not at all. `kept` says which (events/views).
 */
const NAME = `registers-${kept.release}`;
const ADDRESS = /^\/organise\/registers\/([0-9a-f-]{36})\/$/;
const PATIENCE = 6_000;

async function install() {
  const cache = await caches.open(NAME);
  // As nobody: whoever is signed in, it is the same page.
  await cache.add(new Request(kept.page, { credentials: "omit", cache: "reload" }));
  await cache.addAll(kept.files);
  await skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("registers-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

const fromPhone = async (name) => (await (await caches.open(NAME)).match(name)) ?? Response.error();

async function isStored(path) {
  const uuid = ADDRESS.exec(path)?.[1];
  return uuid !== undefined && (await registers.look("stored")).registers.some((one) => one.uuid === uuid);
}

/* One would have to sign in before one may count, or the server cannot answer. */
const isOfNoUse = (answer) => answer.type === "opaqueredirect" || answer.status >= 500;

/* The server's page. Without signal, or for a stored register where there is too little of it or the answer is
 * of no use: the phone's own. */
async function page(request) {
  const stored = await isStored(new URL(request.url).pathname);
  const late = stored ? new Promise((resolve) => setTimeout(resolve, PATIENCE)) : new Promise(() => {});
  try {
    const answer = await Promise.race([fetch(request), late]);
    return answer && !(stored && isOfNoUse(answer)) ? answer : await fromPhone(kept.page);
  } catch {
    return fromPhone(kept.page);
  }
}

async function file(request) {
  const found = await (await caches.open(NAME)).match(request);
  return found ?? fetch(request);
}

/* If there is still no signal the browser tries again by itself. */
async function sendWaiting() {
  const { state } = await registers.send();
  if (state === "lost") {
    throw new Error(state);
  }
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("sync", (event) => event.waitUntil(sendWaiting()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method === "GET" && mode === "navigate") {
    event.respondWith(page(event.request));
  } else if (method === "GET" && kept.files.includes(new URL(url).pathname)) {
    event.respondWith(file(event.request));
  }
});
