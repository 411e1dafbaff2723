/* A thin line when something takes longer than a moment, nothing sent twice, and a word where it failed. */
(() => {
  const root = document.documentElement;
  let open = 0, timer;
  const start = () => { open += 1; timer ??= setTimeout(() => { root.dataset.busy = ""; }, 400); };
  const end = () => {
    open = Math.max(0, open - 1);
    if (open) return;
    clearTimeout(timer);
    timer = undefined;
    delete root.dataset.busy;
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.matches("form") && form.dataset.sending) return event.preventDefault();
    if (form.matches("form")) form.dataset.sending = "yes";
    start();
  });
  document.addEventListener("htmx:afterRequest", (event) => { delete event.target.dataset.sending; end(); });
  for (const failed of ["htmx:sendError", "htmx:responseError"]) document.addEventListener(failed, () =>
    document.querySelector("#sheet[open]") || document.dispatchEvent(new CustomEvent("tell", { detail: "unsaved" })));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post]")) return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "yes";
    start();
    /* A form that answers with a file leaves the page standing. */
    setTimeout(() => { delete form.dataset.sending; end(); }, 10000);
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("[data-sending]").forEach((form) => { delete form.dataset.sending; });
    open = 0;
    end();
  });
})();
