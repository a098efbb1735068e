/*
 * Our list: "Keep" on cards and pages. The ids of at most 30 activities stay in this browser; nothing is sent and
 * no cookie is set. Where nothing can be kept (a browser that forbids it) no button appears.
 */
const NAME = "our-list";
const MOST = 30;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isAllowed() {
  try {
    localStorage.getItem(NAME);
    return true;
  } catch {
    return false;
  }
}

/* Whatever stands there: only what could be ids counts. */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME));
    return Array.isArray(found) ? [...new Set(found)].filter((id) => ID.test(id)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/* The element that says what just happened, in words that stand on it. */
function say(words) {
  const line = document.querySelector("[data-our-list-said]");
  line.textContent = words ? line.dataset[words] : "";
}

function put(list) {
  try {
    localStorage.setItem(NAME, JSON.stringify(list));
    say("");
  } catch {
    say("noRoom");
  }
}

/* Keep them all, as long as there is room. */
function add(ids) {
  const list = [...new Set([...kept(), ...ids])];
  put(list.slice(0, MOST));
  if (list.length > MOST) {
    say("full");
  }
}

function remove(ids) {
  put(kept().filter((id) => !ids.includes(id)));
}

function toggle(id) {
  if (kept().includes(id)) {
    remove([id]);
  } else {
    add([id]);
  }
}

function address(list) {
  return `/activities/?${list.map((id) => `pick=${id}`).join("&") || "pick="}`;
}

/* The button of a card, a line or a page, made from the frame's template. */
function button(place) {
  const made = place.querySelector(":scope > .keep");
  if (made) {
    return made;
  }
  const fresh = document.querySelector("[data-keep]").content.firstElementChild.cloneNode(true);
  fresh.querySelector("[data-what]").textContent =
    place.dataset.title ?? place.querySelector(".card__title")?.textContent ?? "";
  fresh.addEventListener("click", () => {
    toggle(place.dataset.activity);
    draw();
  });
  place.append(fresh);
  return fresh;
}

function drawLink(list) {
  const link = document.querySelector("[data-our-list]");
  link.href = address(list);
  link.querySelector("[data-count]").textContent = list.length || "";
  link.hidden = false;
}

function draw() {
  const list = kept();
  for (const place of document.querySelectorAll("[data-activity]")) {
    button(place).setAttribute("aria-pressed", list.includes(place.dataset.activity));
  }
  drawLink(list);
}

/*
 * The page of a list. One that this browser keeps is changed by "Take off the list"; another, that somebody sent,
 * has "Keep" on each card and a button to keep them all. It is found out once: pressing moves nothing away.
 */
function startPage(page) {
  const list = kept();
  const picks = page.dataset.picks.split(" ").filter(Boolean);
  const isOurs = picks.length === list.length && picks.every((id) => list.includes(id));
  page.classList.toggle("is-ours", isOurs);
  page.classList.toggle("is-theirs", !isOurs);
  for (const link of page.querySelectorAll("[data-take-off]")) {
    link.addEventListener("click", () => isOurs && remove(link.dataset.takeOff.split(" ")));
  }
  const shown = [...page.querySelectorAll("[data-activity]")].map((card) => card.dataset.activity);
  const box = page.querySelector("[data-arrived]");
  if (box && !shown.every((id) => list.includes(id))) {
    startArrival(box, shown);
  }
}

function startArrival(box, shown) {
  const press = box.querySelector("[data-keep-all]");
  box.hidden = false;
  press.addEventListener("click", () => {
    add(shown);
    draw();
    if (shown.every((id) => kept().includes(id))) {
      const words = box.querySelector("[data-arrived-words]");
      words.textContent = words.dataset.done;
      words.focus();
      press.remove();
    }
  });
}

/* Sharing, copying and printing: buttons that appear where the browser can. */
function offer(name, isPossible, act) {
  for (const press of document.querySelectorAll(`[data-${name}]:not([data-ready])`)) {
    press.dataset.ready = "";
    press.hidden = !isPossible;
    press.addEventListener("click", () => act(press.dataset[name]));
  }
}

function offerAll() {
  offer("share", "share" in navigator, (url) => {
    navigator.share({ title: document.title, url }).catch(() => {});
  });
  offer("copy", "clipboard" in navigator, (url) => {
    navigator.clipboard.writeText(url).then(() => say("copied"), () => say(""));
  });
  offer("print", true, () => print());
}

/* Cards that come later, by htmx or with the map, get their buttons too. */
function watch(act) {
  new MutationObserver(act).observe(document.querySelector("main"), { childList: true, subtree: true });
}

/* Ways to a calendar stand far down the page: their script is fetched when they come near. */
const nearing = new IntersectionObserver(
  (seen) => {
    if (seen.some((one) => one.isIntersecting)) {
      nearing.disconnect();
      import(document.querySelector("[data-keep]").dataset.calendarScript);
    }
  },
  { rootMargin: "600px" },
);

function lookOut() {
  document.querySelectorAll("[data-calendar]").forEach((block) => nearing.observe(block));
}

offerAll();
watch(offerAll);
lookOut();
watch(lookOut);
if (isAllowed()) {
  draw();
  watch(draw);
  document.querySelectorAll("[data-picks]").forEach(startPage);
  addEventListener("storage", draw);
  addEventListener("pageshow", (event) => event.persisted && draw());
}
