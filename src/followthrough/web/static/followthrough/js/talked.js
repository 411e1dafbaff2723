/* A call begins where its number is pressed; the sheet of that number knows how long it took. */
(() => {
  const fill = () => {
    const form = document.querySelector("[data-sheet-form][data-tel]"), input = form?.elements.minutes;
    const [tel, since] = (localStorage.call || "").split(" ");
    const minutes = Math.max(1, Math.round((Date.now() - since) / 60000));
    if (input && !input.value && form.dataset.tel === tel && minutes < 180) input.value = minutes;
  };
  document.addEventListener("click", (event) => {
    const tel = event.target.closest("a[href^='tel:']")?.getAttribute("href");
    if (tel) localStorage.call = `${tel} ${Date.now()}`;
  });
  document.addEventListener("htmx:afterSettle", fill);
  fill();
})();
