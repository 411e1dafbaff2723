/* Suggested days fill the field that asks when: by a press, or by the arrows in the field.
   What was read of it before is dimmed until the new reading is there. */
(() => {
  const fill = (input, text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  };
  document.addEventListener("click", ({ target }) => {
    const pressed = target.closest("[data-fill]");
    if (pressed) fill(pressed.closest("form").elements.when, pressed.dataset.fill);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[name=when][hx-get]")) target.form.querySelector(".parsed")?.setAttribute("data-stale", "");
  });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], input = event.target;
    if (!step || input.name !== "when") return;
    const all = [...input.form.querySelectorAll("[data-fill]")].filter((one) => one.checkVisibility()).map((one) => one.dataset.fill);
    const at = all.indexOf(input.value), next = at < 0 && step < 0 ? -1 : at + step;
    event.preventDefault();
    if (all.length) fill(input, all.at(next % all.length));
  });
})();
