// Escape puts a card away until its claim is pointed at or focused anew; all else is style.
const away = (box) => box.classList.add("away");
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll(".told").forEach(away);
});
for (const name of ["pointerover", "focusin"]) {
  addEventListener(name, () => {
    for (const box of document.querySelectorAll(".told.away:not(:hover):not(:focus-within)")) box.classList.remove("away");
  });
}
