// The sliders choose among points that were reckoned when the page was made; between them there is nothing.
const sliders = document.querySelector(".sliders");
if (sliders && canUnpack) {
  sliders.hidden = false;
  const inputs = [...sliders.querySelectorAll("input[type=range]")];
  const [body, command, spoken] = ["tbody", ".again", ".spoken"].map((name) => sliders.querySelector(name));
  const columns = [...sliders.querySelectorAll("thead th")].map((cell) => cell.textContent);
  const reset = sliders.querySelector("button");
  const names = ["low", "lower", "median", "higher", "high"];
  const row = ([name, ...texts]) => {
    const line = document.createElement("tr");
    texts.forEach((text, number) => {
      const cell = document.createElement(number ? "td" : "th");
      if (!number) cell.scope = "row";
      if (number > 1) cell.className = "number";
      if (number && text) cell.dataset.label = columns[number];
      cell.textContent = text;
      line.append(cell);
    });
    return line;
  };
  const redraw = async ({ years, points }, point) => {
    for (const [number, figure] of [...sliders.querySelectorAll("figure")].entries()) {
      figure.hidden = Boolean(point.fault);
      if (point.fault) continue;
      const view = await enliven(figure);
      const values = point.fans[number].map((year, place) => ({
        year: years[place], ...Object.fromEntries(year.map((value, at) => [names[at], value])),
      }));
      view.data("fan", values);
      if (figure.dataset.chart.endsWith("-share") && point.target !== null) {
        view.data("aim", [{ year: point.by, target: point.target }]);
      }
      await view.runAsync();
    }
  };
  const move = async () => {
    const { sliders: grid } = await payload();
    const at = inputs.map((input) => Number(input.value));
    const point = grid.points[at.reduce((sum, place, number) => sum * grid.axes[number].texts.length + place, 0)];
    inputs.forEach((input, number) => {
      const text = grid.axes[number].texts[at[number]];
      input.setAttribute("aria-valuetext", text);
      input.closest(".slider").querySelector("output").textContent = text;
    });
    const rows = point.rows ?? [];
    body.replaceChildren(...rows.map(row));
    command.textContent = grid.command + at.map((place, number) => grid.axes[number].changes[place]).join("");
    reset.disabled = at.every((place, number) => place === grid.axes[number].own);
    const named = (name) => rows.find((one) => one[0] === name);
    const said = grid.spoken.map((names) => names.map(named).find(Boolean)).filter(Boolean);
    spoken.textContent = point.fault ?? said.map(([, label, unit, value]) => {
      return `${label}: ${value}${unit === "probability" ? "" : ` ${unit}`}.`;
    }).join(" ");
    await redraw(grid, point);
    sliders.dataset.at = at.join(" ");
  };
  for (const input of inputs) input.addEventListener("input", move);
  reset.addEventListener("click", () => {
    for (const input of inputs) input.value = input.dataset.own;
    move();
  });
  // A browser may keep the sliders where they were left.
  if (inputs.some((input) => input.value !== input.dataset.own)) move();
}
