// Pictures answer to a pointer where the browser can unpack the library; else they stay as they stand.
const canUnpack = "DecompressionStream" in window;
const unpack = async (name) => {
  const text = document.getElementById(name).content.textContent.trim();
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
};
let loading;
const payload = () => loading ??= unpack("payload").then(JSON.parse);
let starting;
const library = () => starting ??= unpack("library").then((code) => {
  const script = document.createElement("script");
  script.textContent = code;
  document.head.append(script);
  script.remove();
});
// What is pointed at, in a box of its own.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.body.append(tip);
const tell = (handler, event, item, value) => {
  tip.hidden = !value || typeof value !== "object";
  if (tip.hidden) return;
  tip.replaceChildren(...Object.entries(value).map(([name, number]) => {
    const line = document.createElement("div");
    line.textContent = `${name}: ${number}`;
    return line;
  }));
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 8))}px`;
  tip.style.top = `${event.clientY + 18 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 18}px`;
};
// The views by the names of their pictures.
const views = new Map();
const enliven = (figure) => {
  const name = figure.dataset.chart;
  if (!views.has(name)) views.set(name, (async () => {
    const [{ charts }] = await Promise.all([payload(), library()]);
    const still = figure.querySelector("svg[role=img]");
    const place = document.createElement("div");
    const options = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: tell };
    const { view } = await vegaEmbed(place, charts[name], options);
    const drawn = place.querySelector("svg");
    // Described as a whole; Vega gives its single marks roles that say nothing.
    for (const mark of drawn.children) mark.setAttribute("aria-hidden", "true");
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", still.getAttribute("aria-label"));
    place.removeAttribute("role");
    place.removeAttribute("aria-roledescription");
    still.replaceWith(place);
    figure.classList.add("lively");
    return view;
  })());
  return views.get(name);
};
// A keyboard goes from mark to mark of a picture, and what the box tells of each is said aloud too.
const aloud = document.createElement("div");
aloud.className = "aloud";
aloud.setAttribute("role", "status");
const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
ring.setAttribute("class", "ring");
ring.setAttribute("r", "7");
const leave = () => {
  tip.hidden = true;
  ring.remove();
  aloud.textContent = "";
};
// Each mark that tells something, with its middle: year by year, else from above to below.
const stopsOf = (view) => {
  const found = new Map();
  const [left, top] = view.origin();
  const walk = (mark, x, y) => {
    for (const item of mark.items ?? []) {
      if (mark.marktype === "group") for (const each of item.items) walk(each, x + (item.x ?? 0), y + (item.y ?? 0));
      else if (item.tooltip && typeof item.tooltip === "object" && !item.isVoronoi) {
        const { x1, x2, y1, y2 } = item.bounds;
        const key = JSON.stringify(item.tooltip);
        if (!found.has(key)) found.set(key, { told: item.tooltip, x: x + (x1 + x2) / 2, y: y + (y1 + y2) / 2 });
      }
    }
  };
  walk(view.scenegraph().root, left, top);
  const stops = [...found.values()];
  const yearly = stops.some((stop) => "Year" in stop.told);
  return stops.sort((one, other) => (yearly ? one.x - other.x || one.y - other.y : one.y - other.y || one.x - other.x));
};
const walkable = (figure) => {
  const still = figure.querySelector("svg[role=img]");
  const place = document.createElement("div");
  still.replaceWith(place);
  place.append(still);
  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.setAttribute("aria-roledescription", "chart");
  const title = figure.querySelector("figcaption b").textContent;
  place.setAttribute("aria-label", `${title}. Arrow keys tell its numbers one by one.`);
  let at = -1;
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  place.addEventListener("keydown", async (event) => {
    if (event.key === "Escape") leave();
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const stops = stopsOf(await enliven(figure));
    if (!stops.length || document.activeElement !== place) return;
    at = Math.min(stops.length - 1, Math.max(0, at + steps[event.key]));
    const { told, x, y } = stops[at];
    ring.setAttribute("cx", x);
    ring.setAttribute("cy", y);
    place.querySelector("svg").append(ring);
    const box = ring.getBoundingClientRect();
    tell(null, { clientX: box.right - 10, clientY: box.bottom - 12 }, null, told);
    aloud.textContent = Object.entries(told).map(([name, number]) => `${name}: ${number}`).join("; ");
  });
  place.addEventListener("focus", () => enliven(figure));
  place.addEventListener("blur", () => {
    at = -1;
    leave();
  });
};
if (canUnpack) {
  document.querySelector("main").append(aloud);
  for (const figure of document.querySelectorAll("figure[data-stops]")) walkable(figure);
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      seen.unobserve(entry.target);
      enliven(entry.target);
    }
  }, { rootMargin: "200px" });
  for (const figure of document.querySelectorAll("figure[data-chart]")) seen.observe(figure);
}
