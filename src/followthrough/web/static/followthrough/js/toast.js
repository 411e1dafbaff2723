/* Toasts leave after eight seconds, one after the other, but never while somebody looks at them with mouse or focus.
   Their undo stays behind for Z. Other scripts say something with a "tell" event: what the region's data
   call so, or the words themselves. */
(() => {
  const STAY = 8000;
  const region = () => document.querySelector("#toasts");

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
    if (!region()) return;
    const said = region().dataset[event.detail] ?? event.detail, form = region().querySelector("template");
    const toast = form.content.firstElementChild.cloneNode(true);
    toast.querySelector("p").textContent = said;
    region().querySelectorAll("[data-toast]").forEach((it) => it.remove());
    region().append(toast);
    watch();
  });

  document.addEventListener("htmx:afterSettle", watch);
  document.addEventListener("htmx:oobAfterSwap", watch);
  watch();
})();
