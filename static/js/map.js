/*
 * The map of what is on. <mingle-map> comes with a still picture and everything it says; this puts Leaflet in its
 * place. An element, so that it starts wherever htmx puts it and ends when it is taken away.
 */
const L = window.L;
const FINEST = 2 ** 18; // the units of the ground's names: the world halved eighteen times
const PIXELS = 256;
const STEP = [0.005, 0.008]; // half a kilometre: no address tells more of where somebody looks
const METRES = 1609.344;
const PAUSE = 150;
// Where a town's name may stand: on its place, below, above, and a little aside of both.
const SHIFTS = [[0, 0], ...[36, 48, 60].flatMap((far) => [0, 16, -16].flatMap((aside) => [[aside, far], [aside, -far]]))];
const ROUND = 2; // pixels around what no name may touch

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

/* The postcodes as dots, on tiles that are drawn here. */
const Ground = L?.GridLayer.extend({
  createTile({ x, y, z }) {
    const tile = document.createElement("canvas");
    const ratio = Math.ceil(devicePixelRatio);
    tile.width = tile.height = PIXELS * ratio;
    const { zoom, dots, colour } = this.options;
    const cell = (PIXELS * 2 ** z) / 2 ** zoom;
    const radius = Math.min(Math.max(cell * 0.36, 0.7), 2.5);
    const pen = tile.getContext("2d");
    pen.scale(ratio, ratio);
    pen.fillStyle = colour();
    for (const [east, south] of dots) {
      const across = (east + 0.5) * cell - x * PIXELS;
      const down = (south + 0.5) * cell - y * PIXELS;
      if (across > -radius && across < PIXELS + radius && down > -radius && down < PIXELS + radius) {
        pen.beginPath();
        pen.arc(across, down, radius, 0, 2 * Math.PI);
        pen.fill();
      }
    }
    return tile;
  },
});

/* The ground's drawing as numbers: `m3 0h2` is two dots, after three cells without. */
function readGround(text) {
  const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  let [x, y] = [Number(drawing.dataset.x), Number(drawing.dataset.y)];
  const dots = [];
  for (const [, east, south, run] of drawing.querySelector("path").getAttribute("d").matchAll(/m(-?\d+) (-?\d+)h(\d+)/g)) {
    x += Number(east);
    y += Number(south);
    for (let dot = 0; dot < Number(run); dot++) {
      dots.push([x++, y]);
    }
  }
  const towns = [...drawing.querySelectorAll("text")].map((each) => ({
    name: each.textContent,
    at: degrees(each.getAttribute("x") / FINEST, each.getAttribute("y") / FINEST),
  }));
  return { zoom: Number(drawing.dataset.zoom), dots, towns };
}

function degrees(x, y) {
  return [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180];
}

function meet(one, other) {
  return one.start < other.end && other.start < one.end && one.top < other.foot && other.top < one.foot;
}

function townName(name) {
  const words = document.createElement("span");
  words.textContent = name;
  return words;
}

/* A line may end after the day, not within the times. */
function whole(when) {
  const parts = when.split(", ");
  return parts.flatMap((words, at) => {
    const part = document.createElement("span");
    part.className = "times";
    part.textContent = words + (at < parts.length - 1 ? "," : "");
    return at ? [" ", part] : [part];
  });
}

class MingleMap extends HTMLElement {
  connectedCallback() {
    if (!L) {
      return;
    }
    this.markers = new Map();
    this.turn = 0;
    this.leaving = new AbortController();
    this.part("canvas").hidden = false;
    this.part("tools").hidden = false;
    this.querySelector(".map__still").remove();
    this.start();
    this.listen();
    this.drawGround();
    this.ask();
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
    this.leaving?.abort();
    this.sizes?.disconnect();
    this.map?.remove();
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  start() {
    const moves = !calm.matches;
    this.map = L.map(this.part("canvas"), {
      zoomControl: false,
      attributionControl: false,
      minZoom: 6,
      maxZoom: 17,
      maxBounds: [
        [47, -14],
        [63, 7],
      ],
      zoomSnap: 0.25,
      scrollWheelZoom: false,
      fadeAnimation: false,
      zoomAnimation: moves,
      markerZoomAnimation: moves,
      inertia: moves,
      trackResize: false,
    });
    if (!moves) {
      this.map.panBy = (by, options) => L.Map.prototype.panBy.call(this.map, by, { ...options, animate: false });
    }
    this.map.createPane("towns").style.zIndex = 450;
    this.towns = L.layerGroup().addTo(this.map);
    this.showFirst();
    if (this.dataset.centre) {
      const [latitude, longitude, miles] = this.dataset.centre.split(",").map(Number);
      L.circle([latitude, longitude], { radius: miles * METRES, interactive: false, className: "map__ring" }).addTo(this.map);
    }
    if (this.dataset.tiles) {
      L.tileLayer(this.dataset.tiles).addTo(this.map);
    }
  }

  /* All that was found, or where was asked. */
  showFirst() {
    const [south, west, north, east] = this.dataset.box.split(",").map(Number);
    const [top, end] = this.part("canvas").clientWidth > 560 ? [28, 120] : [104, 28]; // round the buttons
    const room = { paddingTopLeft: [28, top], paddingBottomRight: [end, 28] };
    this.map.fitBounds([[south, west], [north, east]], { ...room, maxZoom: 15, animate: false });
  }

  /* A phone that is turned: what is seen stays, and is all of it for as long as nobody has moved the map. The
     size is told once at the start too, when it is the one that the map was made with. */
  resized() {
    const before = this.map.getSize();
    this.following = true;
    this.map.invalidateSize({ pan: false });
    if (!this.isMoved && !this.map.getSize().equals(before)) {
      this.following = true;
      this.showFirst();
    }
    this.following = false;
  }

  listen() {
    const { signal } = this.leaving;
    const canvas = this.part("canvas");
    this.map.on("moveend", () => this.moved());
    this.map.on("click", () => this.close());
    canvas.addEventListener("focus", () => this.map.scrollWheelZoom.enable(), { signal });
    canvas.addEventListener("blur", () => this.map.scrollWheelZoom.disable(), { signal });
    for (const button of this.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.map.setZoom(this.map.getZoom() + Number(button.dataset.step)), { signal });
    }
    this.part("close").addEventListener("click", () => this.close({ back: true }), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.close({ back: true }), { signal });
    dark.addEventListener("change", () => this.ground?.redraw(), { signal });
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(canvas);
  }

  /* What is at that address, or nothing: also where the map is taken away while it is read. */
  async read(address, kind) {
    const { signal } = this.leaving;
    try {
      const answer = await fetch(address, { signal });
      const found = answer.ok ? await answer[kind]() : null;
      return signal.aborted ? null : found;
    } catch {
      return null;
    }
  }

  async drawGround() {
    const drawing = await this.read(this.dataset.ground, "text");
    if (!drawing) {
      return;
    }
    const { zoom, dots, towns } = readGround(drawing);
    this.known = this.measure(towns);
    this.nameTowns();
    if (!this.dataset.tiles) {
      const colour = () => getComputedStyle(this.part("canvas")).color;
      this.ground = new Ground({ zoom, dots, colour, maxZoom: 17, keepBuffer: 1 }).addTo(this.map);
    }
  }

  /* As many names as are whole and meet nothing else, those with most on first. Tiles have their own. */
  nameTowns() {
    this.towns.clearLayers();
    const taken = this.taken();
    const { x: width, y: height } = this.map.getSize();
    for (const { name, at, half, tall } of this.dataset.tiles ? [] : (this.known ?? [])) {
      const { x, y } = this.map.latLngToContainerPoint(at);
      const box = ([aside, down]) => ({
        start: x + aside - half,
        end: x + aside + half,
        top: y + down - tall,
        foot: y + down + tall,
      });
      const fits = (one) =>
        one.start > 0 && one.end < width && one.top > 0 && one.foot < height && !taken.some((other) => meet(one, other));
      const shift = SHIFTS.find((each) => fits(box(each)));
      if (shift) {
        taken.push(box(shift));
        const words = townName(name);
        words.style.translate = `calc(-50% + ${shift[0]}px) calc(-50% + ${shift[1]}px)`;
        const icon = L.divIcon({ className: "map__town", html: words, iconSize: null });
        const town = L.marker(at, { icon, pane: "towns", interactive: false, keyboard: false }).addTo(this.towns);
        town.getElement().setAttribute("aria-hidden", "true");
      }
    }
  }

  /* Where no name may stand: on markers, and below what lies over the map. */
  taken() {
    const { left, top } = this.part("canvas").getBoundingClientRect();
    const over = [...this.querySelectorAll("[data-tools] .button, [data-words]")];
    return [...this.markers.values(), ...over]
      .map((each) => (each instanceof L.Marker ? each.getElement().firstElementChild : each).getBoundingClientRect())
      .filter((box) => box.width)
      .map((box) => ({ start: box.left - left, end: box.right - left, top: box.top - top, foot: box.bottom - top }));
  }

  /* How large the names are, all in one go; their places are looked for whenever the map has moved. */
  measure(towns) {
    const line = document.createElement("div");
    line.className = "map__town";
    line.append(...towns.map(({ name }) => townName(name)));
    this.part("canvas").append(line);
    const sizes = [...line.children].map((words) => [words.offsetWidth / 2 + ROUND, words.offsetHeight / 2 + ROUND]);
    line.remove();
    return towns.map((town, number) => ({ ...town, half: sizes[number][0], tall: sizes[number][1] }));
  }

  moved() {
    this.isMoved ||= !this.following;
    this.following = false;
    this.setAttribute("aria-busy", "true"); // until the markers fit what is seen
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const turn = ++this.turn;
    this.setAttribute("aria-busy", "true");
    const bounds = this.map.getBounds();
    const box = [
      Math.floor(bounds.getSouth() / STEP[0]) * STEP[0],
      Math.floor(bounds.getWest() / STEP[1]) * STEP[1],
      Math.ceil(bounds.getNorth() / STEP[0]) * STEP[0],
      Math.ceil(bounds.getEast() / STEP[1]) * STEP[1],
    ];
    const address = new URL(this.dataset.points, location.href);
    address.searchParams.set("box", box.map((edge) => edge.toFixed(3)).join(","));
    address.searchParams.set("zoom", this.map.getZoom());
    const found = await this.read(address, "json");
    if (this.leaving.signal.aborted || turn !== this.turn) {
      return;
    }
    this.part("sorry").hidden = Boolean(found);
    if (found) {
      this.show(found);
    }
    this.removeAttribute("aria-busy");
  }

  show(found) {
    const had = this.contains(document.activeElement);
    const here = this.part("here");
    if (found.here) {
      here.href = found.here;
      here.hidden = !this.isMoved;
    }
    this.part("words").textContent = found.words;
    const kept = new Set(found.markers.map((each) => JSON.stringify(each)));
    for (const [key, marker] of this.markers) {
      if (!kept.has(key)) {
        marker.remove();
        this.markers.delete(key);
      }
    }
    for (const each of found.markers) {
      const key = JSON.stringify(each);
      if (!this.markers.has(key)) {
        this.markers.set(key, this.mark(each));
      }
    }
    if (!this.map.getPane("markerPane").contains(document.activeElement)) {
      const buttons = found.markers.map((each) => this.markers.get(JSON.stringify(each)).getElement());
      this.map.getPane("markerPane").append(...buttons); // Tab goes from north to south
    }
    this.nameTowns();
    if (had && !this.contains(document.activeElement)) {
      this.part("canvas").focus({ preventScroll: true });
    }
  }

  mark(about) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = about.symbol ? "map__mark map__mark--one" : "map__mark";
    button.ariaLabel = button.title = about.name;
    if (about.symbol) {
      const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const symbol = document.createElementNS("http://www.w3.org/2000/svg", "use");
      symbol.setAttribute("href", `${this.dataset.pictograms}#${about.symbol}`);
      picture.append(symbol);
      button.append(picture);
    } else {
      button.textContent = about.count;
    }
    const icon = L.divIcon({ className: "map__spot", html: button, iconSize: null });
    const marker = L.marker(about.at, { icon, keyboard: false }).addTo(this.map);
    return marker.on("click", () => this.choose(about, button));
  }

  choose(about, button) {
    if (!about.items) {
      const [south, west, north, east] = about.box;
      this.close();
      this.map.fitBounds([[south, west], [north, east]], { padding: [48, 48] });
      return;
    }
    this.part("title").textContent = about.place;
    this.part("items").replaceChildren(...about.items.map((item) => this.card(item)));
    this.part("more").hidden = !about.more;
    this.part("more").textContent = about.more ?? "";
    this.chosen?.classList.remove("map__mark--on");
    this.chosen = button;
    button.classList.add("map__mark--on");
    const panel = this.part("panel");
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
    const follow = () => (this.following = true);
    this.map.once("movestart", follow);
    this.map.panInside(about.at, { paddingTopLeft: [32, 72], paddingBottomRight: [32, panel.offsetHeight + 40] });
    this.map.off("movestart", follow);
  }

  card({ uuid, title, when, price, href, notice }) {
    const item = this.part("item").content.cloneNode(true);
    const link = item.querySelector("[data-link]");
    [link.textContent, link.href] = [title, href];
    item.querySelector("[data-when]").replaceChildren(...whole(when));
    item.querySelector("[data-price]").textContent = price;
    if (notice) {
      item.querySelector("[data-notice]").hidden = false;
      item.querySelector("[data-notice-words]").textContent = notice;
    }
    Object.assign(item.querySelector("[data-keeps]").dataset, { activity: uuid, title });
    return item;
  }

  close({ back = false } = {}) {
    const panel = this.part("panel");
    if (panel.hidden) {
      return;
    }
    panel.hidden = true;
    this.chosen?.classList.remove("map__mark--on");
    if (back) {
      (this.chosen?.isConnected ? this.chosen : this.part("canvas")).focus({ preventScroll: true });
    }
    this.chosen = null;
  }
}

customElements.define("mingle-map", MingleMap);
