/* Toasts leave after eight seconds, one after the other, but never while somebody looks at them with mouse or focus.
   Their undo stays behind for Z. Other scripts say something with a "tell" event: what the region's data
   call so, or the words themselves. */
(() => {
  const STAY = 8000;

  const leave = (toast) => {
    const undo = toast.querySelector("form"), last = document.querySelector("#last-undo");
    if (undo && last) { undo.hidden = true; undo.id = last.id; last.replaceWith(undo); }
    toast.remove();
    watch();
  };

  const watch = () => {
    const toast = document.querySelector("[data-toast]");
    if (!toast || toast.dataset.toast === "watched") return;
    toast.dataset.toast = "watched";
    let timer;
    const start = () => { timer = setTimeout(leave, STAY, toast); };
    const stay = () => clearTimeout(timer);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("focusout", start);
    toast.addEventListener("pointerenter", stay);
    toast.addEventListener("pointerleave", () => toast.contains(document.activeElement) || start());
    toast.querySelector("[data-dismiss]")?.addEventListener("click", () => leave(toast));
    start();
  };

  document.addEventListener("tell", (event) => {
    const region = document.querySelector("#toasts"), toast = region?.querySelector("template").content.firstElementChild.cloneNode(true);
    if (!toast) return;
    toast.querySelector("p").textContent = region.dataset[event.detail] ?? event.detail;
    region.querySelectorAll("[data-toast]").forEach((it) => it.remove());
    region.append(toast);
    watch();
  });

  document.addEventListener("htmx:afterSettle", watch);
  document.addEventListener("htmx:oobAfterSwap", watch);
  watch();
})();
