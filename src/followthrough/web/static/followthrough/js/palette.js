/* Find or do: what can be done with the person in view, people (asked of the server), and places. */
(() => {
  const palette = document.querySelector("#palette");
  if (!palette) return;
  const input = palette.querySelector("input"), mine = palette.querySelector("[data-with]");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const options = () => [...palette.querySelectorAll("[role=option]:not([hidden])")];
  const chosen = () => palette.querySelector("[aria-selected=true]");

  /* To add somebody is never what Enter does while anything else is offered. */
  const likely = () => options().find((it) => it.id !== "find-add") ?? options()[0];

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  /* An offer for what stood here a letter ago would add somebody by half a name. */
  const fresh = () => palette.querySelectorAll("#find-add, #find-more").forEach((it) => it.textContent.includes(input.value.trim()) || it.remove());

  const narrow = () => {
    fresh();
    palette.querySelectorAll("[role=option]").forEach((it) => {
      it.hidden = !plain(it.textContent).includes(plain(input.value.trim()));
    });
    choose(likely());
  };

  const offer = (it, at) => {
    const option = document.createElement("a");
    Object.assign(option, { id: `find-act-${at}`, tabIndex: -1, href: "#" });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const copy = it.cloneNode(true), keys = [...copy.querySelectorAll("kbd")], said = document.createElement("span");
    keys.forEach((key) => key.remove());
    said.textContent = it.placeholder || it.ariaLabel || copy.textContent;
    option.append(copy.querySelector("svg") ?? "", said, ...keys);
    option.addEventListener("click", (event) => {
      event.preventDefault();
      palette.close();
      if (it.placeholder) it.focus(); else it.click();
    });
    return option;
  };

  const open = () => {
    if (document.querySelector("dialog[open]")) return;
    const place = document.querySelector("[data-row][aria-current=true]") ?? document.querySelector("main");
    const who = place.querySelector(".who a, h1")?.textContent ?? "";
    mine.replaceChildren(...[...place.querySelectorAll("[data-key]")].filter((it) => it.checkVisibility() && !it.closest(".toast")).map(offer));
    mine.setAttribute("aria-label", mine.dataset.with.replace("#", who));
    input.value = "";
    narrow();
    palette.showModal();
    input.focus();
    input.dispatchEvent(new Event("opened"));
  };

  document.addEventListener("click", (event) => {
    if (event.target === palette || event.target.closest("[data-shut]")) return palette.close();
    if (!event.target.closest("[data-palette]") || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    open();
  });
  palette.addEventListener("htmx:afterSettle", () => { fresh(); if (!chosen()?.checkVisibility() || chosen().id === "find-add") choose(likely()); });
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = options();
    if (step) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
    else if (event.key === "Enter" && chosen()) chosen().click();
    else return;
    event.preventDefault();
  });
})();
