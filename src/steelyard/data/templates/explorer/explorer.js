// The explorer: sliders that redraw a fan, texts that are read, claims that are reviewed. All numbers and words
// come from the server; what is made here is the picture.
const $ = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const put = (tag, text = "", attributes = {}) => {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};
const post = (path, body = "", headers = {}) =>
  fetch(path, { method: "POST", body, headers: { "X-Steelyard": "1", Accept: "application/json", ...headers } });
const say = (text) => {
  const said = $("#said");
  if (said) said.textContent = text;
};
// What the server says of a request that it refuses; a server that is gone says nothing.
const refusal = async (answer) => {
  try {
    return (await answer.clone().json()).refused || "The server could not do that.";
  } catch {
    return (await answer.text()).trim() || "The server could not do that.";
  }
};
const GONE = "The server does not answer. Is it still running in its terminal?";

// How far a build is.
const building = $("#building");
const generation = document.body.dataset.generation;
// A page in which somebody has written something is not taken from under their hands.
const isWrittenOn = () => Boolean($("#paste") || $("dialog[open]"));
const watch = async () => {
  try {
    const status = await (await fetch("status.json")).json();
    if (String(status.generation) !== generation && !isWrittenOn()) return location.reload();
    if (building && status.stage === "building") {
      building.hidden = false;
      const bar = $("progress", building);
      bar.hidden = false;
      if (status.total) [bar.max, bar.value] = [status.total, status.done];
      else bar.removeAttribute("value");
      $(".steps", building).replaceChildren(...status.steps.map((line) => put("li", line)));
      for (const button of all("[data-post]", building)) button.hidden = button.dataset.post === "build";
    }
    if (status.stage === "building") setTimeout(watch, 500);
  } catch {
    if (building) $(".steps", building).append(put("li", GONE));
  }
};
if (building && building.dataset.stage === "building") setTimeout(watch, 500);
addEventListener("click", async (event) => {
  const name = event.target.dataset?.post;
  if (!name) return;
  event.target.disabled = true;
  try {
    const answer = await post(name);
    if (!answer.ok) say(await refusal(answer));
  } catch {
    say(GONE);
  }
  event.target.disabled = false;
  setTimeout(watch, 200);
});
addEventListener("visibilitychange", () => {
  if (!document.hidden && document.body.dataset.page) watch();
});

// The fan.
const levers = $("#levers");
let shown = $("#data") ? JSON.parse($("#data").textContent) : null;
let pinned = null;
const drawn = () => $("[name=drawn]:checked")?.value ?? "share";
const SCALES = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1, ""]];
const scaleOf = (unit, most) => (unit.startsWith("%") ? [1, ""] : SCALES.find(([size]) => most >= size) ?? [1, ""]);
const SVG = "http://www.w3.org/2000/svg";
const node = (tag, attributes, text) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
};
const niceStep = (span, count) => {
  const raw = span / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 2.5, 5, 10].find((one) => one * power >= raw) ?? 10);
};
const line = (points) => points.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
const picture = (name) => {
  const box = $("#picture");
  for (const id of ["csv", "svg", "png", "save", "pin"]) $(`#${id}`).toggleAttribute("hidden", !shown.fans);
  if (!shown.fans) {
    box.replaceChildren(put("p", "Nothing can be drawn with these numbers.", { class: "empty" }));
    $("#legend").textContent = "";
    return;
  }
  const fan = shown.fans[name];
  const others = [shown.beside?.fans?.[name] && { fan: shown.beside.fans[name], years: shown.beside.years, kind: "beside" },
    pinned?.fans?.[name] && { fan: pinned.fans[name], years: pinned.years, kind: "pinned" }].filter(Boolean);
  const colour = (key) => getComputedStyle(document.documentElement).getPropertyValue(`--${key}`).trim();
  const width = Math.max(280, Math.min(box.clientWidth || 760, 900));
  const height = Math.round(Math.max(240, width * 0.5));
  const margin = { left: 52, right: 14, top: 26, bottom: 30 };
  const target = name === "share" && shown.target ? shown.target : null;
  const every = [...fan.quantiles.flat(), ...others.flatMap((one) => one.fan.quantiles.flat()), ...(target ? [target.share] : [])];
  const [factor, word] = scaleOf(fan.unit, Math.max(...every.map(Math.abs)));
  let low = Math.min(...every) / factor;
  let high = Math.max(...every) / factor;
  const step = niceStep((high - low) || Math.abs(high) || 1, 5);
  low = Math.floor(low / step) * step;
  high = Math.ceil(high / step) * step;
  const first = shown.years[0];
  const last = Math.max(shown.years.at(-1), ...others.map((one) => one.years.at(-1)));
  const x = (year) => margin.left + ((year - first) / (last - first || 1)) * (width - margin.left - margin.right);
  const y = (value) => height - margin.bottom - ((value / factor - low) / (high - low || 1)) * (height - margin.top - margin.bottom);
  const svg = node("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "font-family": "system-ui, sans-serif", "font-size": 12 });
  const says = shown.rows[shown.rows.length - 1];
  const column = shown.columns.indexOf(shown.shown[name]);
  svg.setAttribute("aria-label", `${shown.shown[name]}, ${first} to ${shown.years.at(-1)}: in ${says[0]} the median is ${says[column]}, nine in ten draws ${says[column + 1]}.`);
  svg.append(node("rect", { x: 0, y: 0, width, height, fill: colour("page") }));
  for (let tick = low; tick <= high + step / 2; tick += step) {
    const at = y(tick * factor);
    svg.append(node("line", { x1: margin.left, x2: width - margin.right, y1: at, y2: at, stroke: colour("hairline") }));
    const digits = Math.max(0, Math.min(3, -Math.floor(Math.log10(step) + 1e-9) + (step.toPrecision(2).includes("25") ? 1 : 0)));
    svg.append(node("text", { x: margin.left - 7, y: at + 4, "text-anchor": "end", fill: colour("muted") }, tick.toFixed(digits)));
  }
  svg.append(node("text", { x: 4, y: 14, fill: colour("muted") }, `${word} ${fan.unit}`.trim()));
  const apart = Math.ceil((last - first) / Math.max(1, Math.floor((width - margin.left) / 56)));
  for (let year = first; year <= last; year += apart) {
    svg.append(node("text", { x: x(year), y: height - 9, "text-anchor": year === first ? "start" : year === last ? "end" : "middle", fill: colour("muted") }, year));
  }
  const band = (from, to, fill, one = fan, years = shown.years) => {
    const up = years.map((year, at) => [x(year), y(one.quantiles[at][to])]);
    const down = years.map((year, at) => [x(year), y(one.quantiles[at][from])]).reverse();
    return node("path", { d: `${line([...up, ...down])}Z`, fill });
  };
  svg.append(band(0, 4, colour("fan-outer")), band(1, 3, colour("fan-inner")));
  for (const { fan: other, years, kind } of others) {
    const stroke = kind === "beside" ? colour("printed") : colour("neutral");
    for (const [at, dash, thick] of [[0, "2 3", 1.2], [2, kind === "beside" ? "7 3" : "1 0", 2], [4, "2 3", 1.2]]) {
      svg.append(node("path", { d: line(years.map((year, t) => [x(year), y(other.quantiles[t][at])])), fill: "none", stroke, "stroke-width": thick, "stroke-dasharray": dash }));
    }
  }
  svg.append(node("path", { d: line(shown.years.map((year, at) => [x(year), y(fan.quantiles[at][2])])), fill: "none", stroke: colour("follows"), "stroke-width": 2.5 }));
  if (target) {
    const at = [x(target.year), y(target.share)];
    svg.append(node("line", { x1: margin.left, x2: width - margin.right, y1: at[1], y2: at[1], stroke: colour("printed"), "stroke-dasharray": "4 4" }));
    svg.append(node("path", { d: `M${at[0]} ${at[1] - 6}l6 6l-6 6l-6 -6z`, fill: colour("printed") }));
  }
  box.replaceChildren(svg);
  const beside = shown.beside ? ` Dashed: ${shown.beside.label}.` : "";
  const kept = pinned ? ` Grey: ${pinned.label}, kept in view.` : "";
  $("#legend").textContent = `Line: median; dark band: half of all draws; light band: nine in ten.${target ? ` Diamond: ${target.share}% in ${target.year}.` : ""}${beside}${kept}`;
};
const besideWords = () => {
  const beside = shown.beside;
  if (!beside || !shown.fans) return "";
  if (beside.apart_words) {
    return `In ${shown.years.at(-1)}, draw by draw (${beside.apart_draws.toLocaleString("en")} draws), spending is ${beside.apart_words.median} above “${beside.label}” (${beside.apart_words.span}).`;
  }
  return (beside.problems ?? []).map((one) => `${one.message} ${one.hint}`).join(" ");
};
const show = () => {
  $("#fan-heading").textContent = shown.label;
  $("#problems").replaceChildren(...(shown.problems ?? []).map((one) => put("li", `${one.message} ${one.hint}`)));
  $("#command").textContent = shown.command ?? "";
  picture(drawn());
  $("#numbers").replaceChildren(...shown.numbers.map((one) => {
    const row = put("div");
    const value = put("dd");
    const button = put("button", "", { type: "button", class: "why", "data-cell": one.cell });
    button.append(put("b", one.median));
    value.append(button, " ", put("span", one.span));
    row.append(put("dt", one.label), value);
    return row;
  }));
  $("#rows tbody").replaceChildren(...shown.rows.map((row) => {
    const made = put("tr");
    made.append(...row.map((text, at) => (at ? put("td", text) : put("th", text, { scope: "row" }))));
    return made;
  }));
  say(besideWords());
  for (const lever of shown.levers) {
    const input = all("#levers input[type=range]").find((one) => one.name === lever.name);
    if (input) tell(input);
  }
};
const tell = (input) => {
  const number = Number(Number(input.value).toFixed(4));
  $("output", input.parentElement).textContent = `${number} ${input.dataset.unit}`.trim();
};
// The address says what is drawn: what is as the scenario has it is left out.
const query = () => {
  const asked = new URLSearchParams();
  for (const choice of all("#levers select")) if (choice.value) asked.set(choice.name, choice.value);
  for (const input of all("#levers input[type=range][data-moved]")) asked.set(input.name, input.value);
  return asked;
};
// Written when a slider is let go: at each of its steps it takes time, and browsers refuse it before long.
const address = () => history.replaceState(null, "", `?${query()}${location.hash}`);
let busy = false;
let waiting = false;
const redraw = async () => {
  const asked = query();
  $("#csv").href = `fan.csv?${asked}`;
  $("#reset").hidden = !$("#levers input[data-moved]");
  if (busy) {
    waiting = true;
    return;
  }
  busy = true;
  try {
    const answer = await fetch(`fan.json?${asked}`, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      shown = await answer.json();
      show();
    } else say(await refusal(answer));
  } catch {
    say(GONE);
  }
  busy = false;
  if (waiting) {
    waiting = false;
    redraw();
  }
};
const chain = (why) => {
  if (why.problems?.length) return [put("p", why.problems.map((one) => `${one.message} ${one.hint}`).join(" "))];
  const parts = [put("p", `${why.text} — ${why.number}${why.year ? `, ${why.year}` : ""}, ${why.label}`)];
  const facts = put("dl", "", { class: "facts" });
  const fact = (name, text) => text && facts.append(put("dt", name), put("dd", text));
  fact("Equation", why.equation);
  fact("Explained in", why.section && `docs/projection.md, ${why.section}`);
  fact("Draws", `${why.draws.toLocaleString("en")}, seed ${why.seed}`);
  parts.push(facts);
  const list = put("ul", "", { class: "inputs" });
  for (const one of why.inputs) {
    const row = put("li");
    row.append(put("b", one.label), one.value ? `: ${one.value}` : "");
    const reference = one.reference ?? {};
    if (one.kind === "claim") {
      row.append(" ", put("a", `in ${reference.document}`, { href: `report.html#text-${one.id.replace("claim:", "")}` }));
    } else {
      const told = ["title", "publisher", "date", "edition", "locator", "reason"].map((key) => reference[key]).filter(Boolean).join(", ");
      row.append(put("span", `${one.layer ? ` set by ${one.layer}.` : ""} ${told}`, { class: "small" }));
    }
    list.append(row);
  }
  parts.push(list);
  return parts;
};
const save = (name, type, text) => {
  const link = put("a", "", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
if (levers && shown) {
  for (const input of all("input[type=range]", levers)) {
    input.addEventListener("input", () => {
      const { own, stated } = input.closest(".slider").dataset;
      input.toggleAttribute("data-moved", stated === undefined || Number(input.value) !== Number(own));
      tell(input);
      redraw();
    });
    input.addEventListener("change", address);
  }
  for (const choice of all("select", levers)) {
    // Another scenario or path has other sliders, so the page is made anew.
    choice.addEventListener("change", () => {
      const asked = query();
      if (choice.name === "scenario") for (const name of [...asked.keys()]) if (name !== "scenario") asked.delete(name);
      if (choice.name === "with") {
        address();
        return redraw();
      }
      location.search = `?${asked}`;
    });
  }
  levers.addEventListener("submit", (event) => event.preventDefault());
  $("#reset").addEventListener("click", (event) => {
    event.preventDefault();
    for (const input of all("input[type=range]", levers)) {
      input.value = input.closest(".slider").dataset.own;
      delete input.dataset.moved;
      tell(input);
    }
    $("input[type=range]", levers).focus();
    address();
    redraw();
  });
  for (const choice of all("[name=drawn]")) {
    if (choice.value === location.hash.slice(1)) choice.checked = true;
    choice.addEventListener("change", () => {
      history.replaceState(null, "", `${location.search}#${choice.value}`);
      picture(choice.value);
    });
  }
  addEventListener("click", async (event) => {
    const button = event.target.closest?.(".why");
    if (!button) return;
    const asked = query();
    asked.set("cell", button.dataset.cell);
    const dialog = $("#why");
    $(".chain", dialog).replaceChildren(put("p", "Looking it up …"));
    dialog.showModal();
    try {
      const answer = await fetch(`why.json?${asked}`, { headers: { Accept: "application/json" } });
      $(".chain", dialog).replaceChildren(...(answer.ok ? chain(await answer.json()) : [put("p", await refusal(answer))]));
    } catch {
      $(".chain", dialog).replaceChildren(put("p", GONE));
    }
  });
  $("#pin").addEventListener("click", (event) => {
    pinned = pinned ? null : shown;
    event.target.setAttribute("aria-pressed", String(Boolean(pinned)));
    picture(drawn());
  });
  $("#save").addEventListener("click", () => save("moved.toml", "application/toml", shown.file));
  // As XML: what HTML would write, such as a name for a space, no other program could read.
  const written = () => new XMLSerializer().serializeToString($("#picture svg"));
  $("#svg").addEventListener("click", () => save("fan.svg", "image/svg+xml", written()));
  $("#png").addEventListener("click", () => {
    const image = new Image();
    image.onload = () => {
      const canvas = put("canvas");
      [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((made) => save("fan.png", "image/png", made));
    };
    image.src = `data:image/svg+xml;utf8,${encodeURIComponent(written())}`;
  });
  addEventListener("resize", () => picture(drawn()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => picture(drawn()));
  $("#reset").hidden = !$("input[data-moved]", levers);
  $("#csv").href = `fan.csv?${query()}`;
  show();
}

// A text to be read.
const paste = $("#paste");
if (paste) {
  let last = 0; // of several texts that are sent, the last one is shown
  const read = async (name, body) => {
    const number = ++last;
    $("#read").replaceChildren();
    // A server that refuses what is too large hangs up before the browser has sent it all.
    const most = Number(paste.dataset.limit);
    if (new Blob([body]).size > most * 2 ** 20) return say(`${name} is too large: at most ${most} MB are taken at once.`);
    say(`Reading ${name} …`);
    paste.setAttribute("aria-busy", "true");
    try {
      const answer = await post("texts", body, {
        "X-Name": encodeURIComponent(name),
        "X-Date": $("#day").value,
        "X-Against": $("#against").checked ? "yes" : "no",
        "Content-Type": "application/octet-stream",
      });
      const told = answer.ok ? await answer.text() : await refusal(answer);
      if (number !== last) return;
      say(answer.ok ? `${name} is read.` : told);
      if (answer.ok) {
        // Made by the server with every word of the text escaped; scripts put in this way do not run either.
        $("#read").innerHTML = told;
        $("#outcome-heading").focus();
      }
    } catch {
      if (number === last) say(GONE);
    }
    if (number === last) paste.removeAttribute("aria-busy");
  };
  paste.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = $("#file").files[0];
    if (file) read(file.name, file);
    else if ($("#words").value.trim()) read("pasted.txt", $("#words").value);
    else say("Paste a text first, or choose a file.");
  });
  $("#words").addEventListener("input", () => ($("#file").value = ""));
  addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dropping"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const file = event.dataTransfer.files[0];
    if (file) read(file.name, file);
    else if (event.dataTransfer.getData("text/plain")) {
      $("#words").value = event.dataTransfer.getData("text/plain");
      read("pasted.txt", $("#words").value);
    }
  });
}

// Claims and findings to be reviewed, by mouse or keys.
const list = $("#claim-list");
if (list) {
  const rows = () => all(".reviewed", list);
  const current = () => document.activeElement?.closest?.(".reviewed");
  const go = (row) => {
    if (!row) return;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const send = async (body, place) => {
    const answer = await post("reviews", JSON.stringify(body), { "Content-Type": "application/json" });
    if (!answer.ok) throw new Error(await refusal(answer));
    const after = await answer.json();
    const open = all("details[open]", list).map((one) => one.closest(".reviewed")?.id);
    list.innerHTML = after.claim_list;
    $("#finding-list").innerHTML = after.finding_list;
    for (const id of open) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
    go(place && document.getElementById(place));
    say("Written down.");
  };
  const dialog = $("#asking");
  const titles = { reject: "Reject this claim", amend: "Amend this claim", dismiss: "Dismiss this finding", reopen: "Take this finding up again" };
  const ask = (decision, row, body) => {
    $("#asking-heading").textContent = titles[decision];
    $("#reason").value = "";
    $("#fault").textContent = "";
    const before = decision === "amend" ? JSON.parse(row.dataset.keys) : null;
    $(".fields", dialog).hidden = !before;
    for (const input of all(".fields input", dialog)) input.value = before?.[input.name] ?? "";
    dialog.showModal();
    (before ? $(".fields input", dialog) : $("#reason")).focus();
    $("form", dialog).onsubmit = async (event) => {
      event.preventDefault();
      if (event.submitter?.value === "no") return dialog.close();
      const asked = { ...body, decision, reason: $("#reason").value };
      if (before) {
        const changed = all(".fields input", dialog).filter((input) => input.value !== before[input.name]);
        asked.changes = Object.fromEntries(changed.map((input) => [input.name, input.value]));
      }
      try {
        await send(asked, row?.id);
        dialog.close();
        go(row ? document.getElementById(row.id) : $("#findings-heading"));
      } catch (error) {
        $("#fault").textContent = error instanceof TypeError ? GONE : error.message;
      }
    };
  };
  const decide = async (decision, row) => {
    if (decision === "reject" || decision === "amend") return ask(decision, row, { claim: row.dataset.claim });
    try {
      await send({ claim: row.dataset.claim, decision }, row.id);
    } catch (error) {
      say(error instanceof TypeError ? GONE : error.message);
    }
  };
  addEventListener("click", (event) => {
    const decision = event.target.dataset?.do;
    if (!decision) return;
    const row = event.target.closest(".reviewed");
    if (row) return decide(decision, row);
    const hash = event.target.closest("[data-hash]")?.dataset.hash;
    if (hash) ask(decision, null, { hash });
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || event.target.matches("input, textarea, select")) return;
    const at = rows().indexOf(current());
    const decision = { a: "accept", r: "reject", e: "amend", u: "undo" }[event.key];
    if (event.key === "j") go(rows()[Math.min(at + 1, rows().length - 1)]);
    else if (event.key === "k") go(rows()[Math.max(at - 1, 0)]);
    else if (decision && at >= 0 && !(decision === "undo" && $("[data-do=undo]", current()).disabled)) decide(decision, current());
    else return;
    event.preventDefault();
  });
}
