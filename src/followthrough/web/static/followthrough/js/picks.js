/* The button says how many would go onto the list, as ticks come and go. */
document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-untick]");
  if (!all) return;
  const ticks = [...all.form.querySelectorAll("input.tick")];
  const to = !ticks.some((tick) => tick.checked);
  ticks.forEach((tick) => { tick.checked = to; });
  all.textContent = to ? "Untick all" : "Tick all";
  ticks[0]?.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.found");
  const button = form?.querySelector("[data-picks]");
  if (!button) return;
  const count = form.querySelectorAll("input.tick:checked").length + Number(button.dataset.below || 0);
  button.textContent = button.dataset.picks.replace("#", count);
});
