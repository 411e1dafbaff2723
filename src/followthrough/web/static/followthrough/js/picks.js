/* The button says how many would go onto the list; what was unticked stays so when the page comes anew. */
(() => {
  const out = new Set(JSON.parse(sessionStorage.unticked ?? "[]"));
  const count = (form) => {
    const button = form.querySelector("[data-picks]");
    if (!button) return;
    const ticked = form.querySelectorAll("input.tick:checked").length + Number(button.dataset.below || 0);
    button.textContent = button.dataset.picks.replace("#", ticked);
  };
  const keep = (tick) => out[tick.checked ? "delete" : "add"](tick.value);
  document.querySelectorAll("form.found").forEach((form) => {
    form.querySelectorAll("input.tick:checked").forEach((tick) => { tick.checked = !out.has(tick.value); });
    count(form);
  });
  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-untick]");
    if (!all) return;
    const ticks = [...all.form.querySelectorAll("input.tick")];
    const to = !ticks.some((tick) => tick.checked);
    ticks.forEach((tick) => { tick.checked = to; keep(tick); });
    [all.textContent, all.dataset.untick] = [all.dataset.untick, all.textContent];
    ticks[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("change", (event) => {
    const tick = event.target.closest("form.found .tick");
    if (!tick) return;
    keep(tick);
    sessionStorage.unticked = JSON.stringify([...out].slice(-500));
    count(tick.form);
  });
})();
