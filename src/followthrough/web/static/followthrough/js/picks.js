/* The button says how many would go onto the list, as ticks come and go. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.found");
  const button = form?.querySelector("[data-picks]");
  if (!button) return;
  const count = form.querySelectorAll("input.tick:checked").length + Number(button.dataset.below || 0);
  button.textContent = button.dataset.picks.replace("#", count);
});
