/* Toasts leave after eight seconds, but never while somebody looks at them with mouse or focus. */
(() => {
  const STAY = 8000;

  const watch = (toast) => {
    if (toast.dataset.toast === "watched") return;
    toast.dataset.toast = "watched";
    let timer;
    const leave = () => { timer = setTimeout(() => toast.remove(), STAY); };
    const stay = () => clearTimeout(timer);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("focusout", leave);
    toast.addEventListener("pointerenter", stay);
    toast.addEventListener("pointerleave", () => toast.contains(document.activeElement) || leave());
    toast.querySelector("[data-dismiss]")?.addEventListener("click", () => toast.remove());
    leave();
  };

  const watchAll = () => document.querySelectorAll("[data-toast]").forEach(watch);
  document.addEventListener("htmx:afterSettle", watchAll);
  document.addEventListener("htmx:oobAfterSwap", watchAll);
  watchAll();
})();
