/* A sheet as a dialog: htmx fills #sheet, this opens it, closes it and gives the focus back. */
(() => {
  const sheet = document.querySelector("#sheet");
  if (!sheet) return;
  let opener;
  const on = (what, tell) => document.addEventListener(what, tell);
  const find = (what) => (sheet.open ? sheet : document).querySelector(what);

  on("htmx:beforeRequest", ({ detail }) => {
    if (detail.target === sheet && !sheet.open) opener = document.activeElement;
  });
  /* What is wrong has the focus, else the first answer. */
  on("htmx:afterSettle", ({ detail }) => {
    if (detail.target !== sheet) return;
    if (!sheet.firstElementChild) return sheet.close();
    if (!sheet.open) sheet.showModal();
    ["[data-wrong]", "[aria-invalid]", "[name=outcome]:checked", "[data-first], [autofocus]"].map(find).find(Boolean)?.focus();
  });
  const failed = () => {
    const place = find(sheet.open ? ".foot p" : "#live");
    if (place) place.textContent = sheet.dataset.failed;
  };
  on("htmx:sendError", failed);
  on("htmx:responseError", failed);
  sheet.addEventListener("close", () => {
    sheet.replaceChildren();
    if (opener?.isConnected) opener.focus();
  });

  on("click", (event) => {
    const pressed = event.target.closest("[data-close], a[href$='/capture/']:not([hx-get])");
    if (event.target === sheet) return sheet.close();
    const leaves = pressed?.matches("[data-close]");
    if (pressed && (leaves ? sheet.open : !event.ctrlKey && !event.metaKey && !document.querySelector("main .capture"))) {
      event.preventDefault();
      if (leaves) sheet.close();
      else htmx.ajax("GET", pressed.href, { source: pressed, target: sheet });
    }
  });

  /* ⌘Enter asks for the next step where there is none yet, then saves. */
  on("keydown", (event) => {
    const { key, target } = event;
    if (key === "Enter" && (event.metaKey || event.ctrlKey)) {
      if (target.matches(".composer textarea")) return target.form.requestSubmit();
      const empty = find("#sheet-when:placeholder-shown");
      return empty?.checkVisibility() && empty !== target ? empty.focus() : find("[data-save]")?.click();
    }
    const answer = /^[1-4]$/.test(key) && document.querySelectorAll("[data-sheet-form] [name=outcome]")[key - 1];
    if (!answer || target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
    event.preventDefault();
    answer.click();
    answer.form.elements.note.focus();
  });
})();
