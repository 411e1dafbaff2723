/* The panels around the current row are at hand before they are asked for: j and k need no network. The
   list keeps itself true without losing the current row, the focus or an open sheet. */
(() => {
  const day = document.querySelector("#day");
  if (!day) return;
  const kept = new Map();
  const head = { "HX-Request": "true" };
  const rows = () => [...day.querySelectorAll("[data-row]")];
  const current = () => day.querySelector("[data-row][aria-current]");
  const panel = () => document.querySelector("#panel");
  const beside = () => panel()?.checkVisibility();

  const ask = (url) => {
    if (!kept.has(url)) {
      const answer = fetch(url, { headers: head }).then((it) => (it.ok && !it.redirected ? it.text() : ""));
      kept.set(url, answer.catch(() => "").then((html) => html || (kept.delete(url), "")));
    }
    return kept.get(url);
  };
  const askAround = (row) => {
    if (!row || !beside()) return;
    const all = rows(), at = all.indexOf(row);
    all.slice(Math.max(0, at - 2), at + 3).forEach((near) => near.dataset.panel && ask(near.dataset.panel));
  };
  const show = async (row) => {
    const html = row.dataset.panel && beside() ? await ask(row.dataset.panel) : "";
    if (!html || current() !== row) return;
    panel().outerHTML = html;
    htmx.process(panel());
    setTimeout(askAround, 0, row);
  };
  const busy = () => document.hidden || document.querySelector("dialog[open]") || day.querySelector("[data-further], .swiped");

  const renew = (html, pulse) => {
    const at = rows().indexOf(current()), id = current()?.id, had = day.contains(document.activeElement);
    day.innerHTML = html;
    htmx.process(day);
    day.dataset.pulse = pulse;
    kept.clear();
    const next = (id && day.querySelector(`#${id}[data-row]`)) || rows()[Math.min(Math.max(at, 0), rows().length - 1)];
    current()?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "true");
    if (had) next?.querySelector("a")?.focus({ preventScroll: true });
    if (next) show(next);
  };

  const look = async () => {
    if (busy()) return;
    const asked = { headers: { ...head, "If-None-Match": day.dataset.pulse }, cache: "no-store" };
    const answer = await fetch(day.dataset.url, asked).catch(() => null);
    if (answer?.status !== 200 || answer.redirected) return;
    const html = await answer.text();
    if (!busy()) renew(html, answer.headers.get("ETag"));
  };

  day.addEventListener("current", (event) => show(event.target));
  document.addEventListener("visibilitychange", look);
  setInterval(look, 20000);
  setTimeout(() => askAround(current()), 300);
})();
