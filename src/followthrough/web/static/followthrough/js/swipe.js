/* With a thumb: a row pushed right is done, left is not now. Past 96 px it presses the row's own button,
   which opens the sheet; a long push never skips it. */
(() => {
  const FAR = 96;
  let row, x, y, far, moving;

  const side = () => row.querySelector(`[data-key="${far > 0 ? "d" : "s"}"]`);

  const shown = () => {
    const item = row.parentElement, button = side();
    const under = item.querySelector(".under") ?? item.insertBefore(document.createElement("div"), row);
    under.className = `under ${far > 0 ? "done" : "later"}${Math.abs(far) >= FAR ? " far" : ""}`;
    under.replaceChildren(button.querySelector("svg").cloneNode(true), button.querySelector(".word").textContent);
    row.style.translate = `${far}px`;
  };

  const rest = (press) => {
    const item = row.parentElement, button = press && side();
    row.classList.remove("swiped");
    row.style.translate = "";
    row = null;
    moving = false;
    setTimeout(() => item.querySelector(".under")?.remove(), 160);
    button?.click();
  };

  document.addEventListener("pointerdown", (event) => {
    const found = event.pointerType === "touch" && event.isPrimary && event.target.closest(".rows [data-row]:has([data-key=d] .word)");
    if (!found) return;
    [row, x, y, far, moving] = [found, event.clientX, event.clientY, 0, false];
  });

  document.addEventListener("pointermove", (event) => {
    if (!row) return;
    far = event.clientX - x;
    if (!moving && Math.abs(far) < 12) return;
    if (!moving && Math.abs(event.clientY - y) > Math.abs(far)) return void (row = null);
    moving = true;
    row.classList.add("swiped");
    shown();
  });

  document.addEventListener("pointerup", () => {
    if (!row || !moving) return void (row = null);
    /* The press that ends a push is not one on the link that lies over the row. */
    const stop = (event) => { if (event.isTrusted) event.preventDefault(); };
    document.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", stop, true), 300);
    rest(Math.abs(far) >= FAR);
  });

  document.addEventListener("pointercancel", () => row && rest(false));
})();
