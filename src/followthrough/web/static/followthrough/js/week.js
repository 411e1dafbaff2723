/* A line, and all that are ticked with it, are dragged onto a day. The list and its button do the same. */
(() => {
  const form = document.querySelector("#moving");
  const day = (event) => event.target.closest?.("[data-day]");
  document.addEventListener("dragstart", (event) => {
    const tick = event.target.closest?.("[draggable=true]")?.querySelector(".tick");
    if (tick) tick.checked = true;
  });
  document.addEventListener("dragover", (event) => { if (form && day(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    const to = form && [...form.to.options].find((one) => one.value === day(event)?.dataset.day);
    if (!to) return;
    event.preventDefault();
    form.to.value = to.value;
    form.requestSubmit();
  });
})();
