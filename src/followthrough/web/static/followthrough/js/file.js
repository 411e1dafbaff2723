/* A chosen or dropped file shows its name in the drop field; without script the browser's own field does. */
document.addEventListener("change", (event) => {
  const input = event.target.closest(".drop input[type=file]");
  if (!input) return;
  const place = input.closest(".drop").querySelector("[data-chosen]");
  if (place && input.files.length) place.textContent = [...input.files].map((file) => file.name).join(", ");
});
