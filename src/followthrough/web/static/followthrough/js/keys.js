/* Single keys press what carries data-key: in the current row first, then anywhere on the page.
   Off while typing, in dialogs, and when <html data-keys="off">. Sequences: "g", then "t". */
(() => {
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
    const at = all.indexOf(current());
    const row = all[Math.max(0, Math.min(all.length - 1, at + step))];
    if (!row) return false;
    makeCurrent(row);
    row.querySelector("a")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    return true;
  };

  const press = (keys) => {
    const selector = `[data-key="${CSS.escape(keys)}"]`;
    const found = current()?.querySelector(selector) ?? document.querySelector(selector);
    if (!found) return false;
    if (found.matches("input, textarea")) found.focus();
    else found.click();
    return true;
  };

  const act = (key) => {
    if (key === "j" || key === "arrowdown") return move(1);
    if (key === "k" || key === "arrowup") return move(-1);
    if (key === "?") return document.querySelector("#keys-help")?.showModal() ?? true;
    const together = first ? `${first} ${key}` : key;
    first = key === "g" && !first ? "g" : "";
    return press(together);
  };

  const busy = (event) =>
    event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey ||
    document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]") ||
    event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const arrows = event.key.startsWith("Arrow") && event.target.matches("input, summary");
    if (busy(event) || arrows) return;
    if (event.key === "Enter" && event.target === document.body) return void current()?.querySelector("a")?.click();
    if (act(event.key.toLowerCase())) event.preventDefault();
  });

  document.addEventListener("focusin", (event) => makeCurrent(event.target.closest("[data-row]")));
})();
