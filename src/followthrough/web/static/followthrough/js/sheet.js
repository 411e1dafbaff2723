/* The finish sheet as a dialog: htmx fills #sheet, this opens it, closes it and gives the focus back. */
(() => {
  const sheet = document.querySelector("#sheet");
  if (!sheet) return;
  let opener = null;

  const close = () => sheet.open && sheet.close();
  const save = () => (sheet.open ? sheet : document).querySelector("[data-save]")?.click();

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target === sheet && !sheet.open) opener = document.activeElement;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== sheet) return;
    if (!sheet.firstElementChild) return close();
    if (!sheet.open) sheet.showModal();
  });

  /* After htmx has obeyed autofocus: what is wrong comes first, then the first answer. */
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== sheet) return;
    const first = ["[aria-invalid]", "[name=outcome]:checked", "[autofocus]"];
    first.map((what) => sheet.querySelector(what)).find(Boolean)?.focus();
  });

  document.addEventListener("htmx:sendError", () => say("That didn’t save. Your note is still here. Try again."));
  document.addEventListener("htmx:responseError", () => say("That didn’t work. Your note is still here. Try again."));
  const say = (text) => {
    const place = sheet.open ? sheet.querySelector(".foot p") : document.querySelector("#live");
    if (place) place.textContent = text;
  };

  sheet.addEventListener("close", () => {
    sheet.replaceChildren();
    if (opener?.isConnected) opener.focus();
  });

  document.addEventListener("click", (event) => {
    if (event.target === sheet) return close();
    const pressed = event.target.closest("[data-close], [data-fill]");
    if (!pressed) return;
    if ("close" in pressed.dataset) {
      if (!sheet.open) return;
      event.preventDefault();
      return close();
    }
    const input = pressed.closest("form").querySelector("[name=when]");
    input.value = pressed.dataset.fill;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) return save();
    const typing = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
    if (typing || !/^[1-4]$/.test(event.key)) return;
    document.querySelectorAll("[data-sheet-form] [name=outcome]")[event.key - 1]?.click();
  });
})();
