// The page works without this: it narrows the table of claims and opens what a link points into.
const field = document.querySelector("#filter");
if (field) {
  field.closest("p").hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase().split(/\s+/);
    for (const body of document.querySelectorAll(".claims tbody")) {
      let shown = 0;
      const heading = body.querySelector(".group")?.textContent ?? "";
      for (const row of body.querySelectorAll("tr[id]")) {
        const text = (heading + " " + row.textContent).toLowerCase();
        row.hidden = !wanted.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      body.hidden = shown === 0;
    }
  });
}
// A phone shows long tables only when they are asked for, and each row as a card of labelled cells.
const narrow = matchMedia("(max-width: 44rem)");
const label = () => {
  if (!narrow.matches || document.documentElement.classList.contains("labelled")) return;
  for (const table of document.querySelectorAll(".stack table")) {
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    for (const cell of table.querySelectorAll("tbody td")) {
      if (cell.textContent) cell.dataset.label = names[cell.cellIndex];
    }
  }
  document.documentElement.classList.add("labelled");
};
label();
narrow.addEventListener("change", label);
if (narrow.matches) for (const box of document.querySelectorAll("details.wide")) box.open = false;
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (field && field.value && target.closest(".claims")) {
    field.value = "";
    field.dispatchEvent(new Event("input"));
  }
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
// On paper all is unfolded but the long tables of numbers, which lie beside the page as files.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open], .numbers)")];
  for (const box of folded) box.open = true;
});
addEventListener("afterprint", () => {
  for (const box of folded) box.open = false;
});
reveal();
