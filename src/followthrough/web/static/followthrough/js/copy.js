/* <button data-copy="#link"> copies the value of that input and says so on the button. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  const words = button.querySelector("[data-copy-words]") ?? button;
  const before = words.textContent, said = document.querySelector("#toasts").dataset;
  source.select?.();
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    words.textContent = said.copied;
  } catch {
    words.textContent = said.byHand;
  }
  setTimeout(() => { words.textContent = before; }, 2500);
});
