/* One at a time by keys: j or → goes on, k or ← back, Esc to Today. */
(() => {
  const keys = { j: "next", arrowright: "next", k: "before", arrowleft: "before", escape: "back" };
  document.addEventListener("keydown", (event) => {
    const off = event.metaKey || event.ctrlKey || event.altKey || document.documentElement.dataset.keys === "off";
    if (off || document.querySelector("dialog[open]") || event.target.closest("input, textarea, select")) return;
    document.querySelector(`[data-one="${keys[event.key.toLowerCase()]}"]`)?.click();
  });
})();
