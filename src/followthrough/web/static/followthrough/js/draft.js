/* What is half typed survives a reload or a crash: it waits in this tab until the form was sent. */
(() => {
  const me = document.body.dataset.member, store = sessionStorage;
  if (!me) return;
  const FORM = "form[method=post]:has([name=token])";
  const name = (form) => `draft:${me}:${form.getAttribute("action")}`;
  const said = (form) => [...new FormData(form)].filter(([field, value]) => typeof value === "string" && !/token$/.test(field));

  const restore = (form) => {
    const kept = JSON.parse(store.getItem(name(form)) ?? "null");
    if (!kept) return;
    for (const field of form.elements) {
      const words = kept.filter(([one]) => one === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = words.includes(field.value);
      else if (field.type !== "hidden" && words.length) field.value = words.shift();
      if (field.name === "when" && field.value) field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const restoreAll = (place) => place.querySelectorAll(FORM).forEach(restore);

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (event.isTrusted && form?.matches(FORM)) store.setItem(name(form), JSON.stringify(said(form)));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-leave]")) return store.clear();
    if (event.target.matches(FORM)) store.setItem("sent", name(event.target));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Redirect") && event.target.matches(FORM)) store.removeItem(name(event.target));
  });
  document.addEventListener("htmx:afterSettle", (event) => event.target.querySelector("[aria-invalid], .problem") || restoreAll(event.target));
  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-close]")?.closest(FORM);
    if (form) store.removeItem(name(form));
  }, true);

  /* A new page after sending means that it was taken, or is shown again with its words; going back does not. */
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") store.removeItem(store.getItem("sent"));
  store.removeItem("sent");
  restoreAll(document);
})();
