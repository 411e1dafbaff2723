/* Single keys press what carries data-key: in the current row first, then on the page, then anywhere.
   Off while typing, in dialogs, and where <html data-keys="off">; "mail" swaps three. Sequences: "g", then "t". */
(() => {
  const chosen = document.documentElement.dataset.keys;
  const MAIL = chosen === "mail" ? { e: "d", h: "s", r: "e" } : {};
  const ALONG = { arrowright: "j", arrowleft: "k", ...MAIL };
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const current = () => document.querySelector("[data-row][aria-current='true']");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let first = "";

  const makeCurrent = (row) => {
    if (!row || row === current()) return;
    current()?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    row.dispatchEvent(new CustomEvent("current", { bubbles: true }));
  };

  const move = (step) => {
    const all = rows();
    const row = all[Math.max(0, Math.min(all.length - 1, all.indexOf(current()) + step))];
    if (!row) return false;
    makeCurrent(row);
    row.querySelector("a")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    return true;
  };

  const press = (keys) => {
    const selector = `[data-key="${CSS.escape(keys)}"]`;
    const found = [current(), document.querySelector("main"), document].map((it) => it?.querySelector(selector)).find(Boolean);
    if (!found && keys === "z") document.dispatchEvent(new CustomEvent("tell", { detail: "nothing" }));
    if (!found) return false;
    if (found.matches("input, textarea")) found.focus();
    else found.click();
    return true;
  };

  const act = (key) => {
    const step = { j: 1, arrowdown: 1, k: -1, arrowup: -1 }[key];
    if (step && move(step)) return true;
    if (key === "?") return document.querySelector("#keys-help")?.showModal() ?? true;
    const together = first ? `${first} ${key}` : ALONG[key] ?? key;
    first = key === "g" && !first ? "g" : "";
    return press(together);
  };

  const typing = (event) => event.defaultPrevented || event.altKey || document.querySelector("dialog[open]") ||
    event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase(), command = event.metaKey || event.ctrlKey;
    const arrows = key.startsWith("arrow") && event.target.matches("input, summary");
    if (typing(event) || arrows) return;
    if (command) return void (key === "z" && !event.shiftKey && press("z") && event.preventDefault());
    if (chosen === "off") return;
    if (key === "enter" && event.target === document.body) return void current()?.querySelector("a")?.click();
    if (first ? act(key) || true : act(key)) event.preventDefault();
  });

  const label = () => Object.entries(MAIL).forEach(([shown, key]) => document
    .querySelectorAll(`:is([data-key="${key}"], [data-hint="${key}"]) kbd`).forEach((it) => { it.textContent = shown.toUpperCase(); }));
  document.addEventListener("htmx:afterSettle", label);
  document.addEventListener("focusin", (event) => makeCurrent(event.target.closest("[data-row]")));
  label();
})();
