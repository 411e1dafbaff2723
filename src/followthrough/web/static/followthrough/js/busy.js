/* Nothing is sent twice, and where sending failed a word says so. The thin line meanwhile is drawn by the stylesheet. */
(() => {
  const free = (form) => { delete form.dataset.sending; };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form")) return;
    if (form.dataset.sending) event.preventDefault();
    else form.dataset.sending = "yes";
  });
  document.addEventListener("htmx:afterRequest", (event) => free(event.target));
  for (const failed of ["htmx:sendError", "htmx:responseError"]) document.addEventListener(failed, () =>
    document.querySelector("#sheet[open]") || document.dispatchEvent(new CustomEvent("tell", { detail: "unsaved" })));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post]")) return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "yes";
    /* A form that answers with a file leaves the page standing. */
    setTimeout(free, 10000, form);
  });
  addEventListener("pageshow", () => document.querySelectorAll("[data-sending]").forEach(free));
})();
