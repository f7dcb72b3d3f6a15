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
// What is pointed at, in a box of its own; a keyboard finds the same numbers in the table below a picture.
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
if (canUnpack) {
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      seen.unobserve(entry.target);
      enliven(entry.target);
    }
  }, { rootMargin: "200px" });
  for (const figure of document.querySelectorAll("figure[data-chart]")) seen.observe(figure);
}
