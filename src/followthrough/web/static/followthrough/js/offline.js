/* Without network nothing typed is lost: forms with a token wait here and go out in order, once. */
(() => {
  const me = document.body.dataset.member, store = localStorage, NAME = `kept:${me}`;
  const line = document.querySelector("#offline");
  if (!me || !line) return;
  const kept = () => JSON.parse(store.getItem(NAME) ?? "[]");
  const waiting = () => kept().filter((one) => !one.refused);
  const without = (token) => kept().filter((one) => one.token !== token);
  const tell = (detail) => document.dispatchEvent(new CustomEvent("tell", { detail }));
  let away = !navigator.onLine, door = false;

  const keep = (entries) => { store.setItem(NAME, JSON.stringify(entries)); show(); };
  const show = () => {
    const count = waiting().length, refused = kept().filter((one) => one.refused);
    const many = count === 1 ? "One" : "Many";
    const key = door ? "door" : count ? (away ? `away${many}` : many.toLowerCase()) : away ? "away" : refused.length ? "refused" : "";
    line.hidden = !key;
    line.querySelector("[data-said]").textContent = (line.dataset[key] ?? "").replace("#", count);
    line.querySelector("ul").replaceChildren(...refused.map(refusal));
    document.querySelectorAll("[data-row]").forEach((row) => {
      const waits = waiting().some((one) => row.querySelector(`[data-key=d][href^="${one.to}"]`));
      if (waits && !row.classList.contains("kept")) row.querySelector(".about").append(line.querySelector("#waits").content.cloneNode(true));
      if (waits) row.classList.add("kept");
    });
  };

  const refusal = (one) => {
    const item = line.querySelector("#refused").content.firstElementChild.cloneNode(true), form = item.querySelector("form");
    item.querySelector("b").textContent = one.refused;
    item.querySelector("q").textContent = one.fields.filter(([name, value]) => value && !/token|mode|outcome|beside|owner/.test(name)).map(([, value]) => value).join(" · ");
    form.action = one.to;
    for (const [name, value] of [...one.fields, ["csrfmiddlewaretoken", csrf()]]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    item.querySelector("[data-drop]").addEventListener("click", () => keep(without(one.token)));
    return item;
  };
  const csrf = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

  const put = (form, button) => {
    const fields = [...new FormData(form, button)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    const token = form.elements.token.value;
    keep([...without(token), { to: form.getAttribute("action"), token, fields }]);
    tell("kept");
    const sheet = form.closest("dialog");
    if (sheet) return sheet.close();
    form.elements.token.value = crypto.randomUUID();
    form.reset();
  };

  const send = () => waiting().length && navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    for (const one of waiting()) {
      const body = new URLSearchParams(one.fields);
      const answer = await fetch(one.to, { method: "POST", body, headers: { "X-CSRFToken": csrf(), "X-Kept": me } }).catch(() => null);
      away = !answer;
      door = [401, 403].includes(answer?.status);
      if (away || door || answer.status >= 500 || answer.status === 429) return show();
      if (answer.status !== 204) {
        one.refused = (await answer.text()).replace(/^\s*<[^]*/, "") || " ";
        keep([...without(one.token), one]);
        continue;
      }
      keep(without(one.token));
      sessionStorage.removeItem(`draft:${me}:${one.to}`);
      document.querySelector(`.kept:has([data-key=d][href^="${one.to}"])`)?.closest("li").remove();
      tell("sent");
    }
  });

  const FORM = "form[method=post]:has([name=token])";
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(FORM) || line.contains(form)) return;
    const token = form.elements.token.value;
    if (!navigator.onLine) { event.preventDefault(); event.stopImmediatePropagation(); return put(form, event.submitter); }
    if (kept().some((one) => one.token === token)) keep(without(token));
  }, true);
  document.addEventListener("htmx:sendError", (event) => {
    away = true;
    show();
    if (event.target.matches(FORM)) put(event.target);
    else if (!event.target.matches("[data-key=s], [data-key=d]")) return;
    else tell("away");
    event.stopImmediatePropagation();
  }, true);
  addEventListener("online", () => { away = false; show(); send(); });
  addEventListener("offline", () => { away = true; show(); });
  setInterval(send, 30000);
  show();
  send();

  /* What the rows of this page lead to is kept for later, at most every ten minutes. */
  navigator.serviceWorker?.register("/sw.js").then(() => navigator.serviceWorker.ready).then(({ active }) => {
    const rows = [...document.querySelectorAll("[data-row]")].slice(0, 20);
    if (!rows.length || Date.now() - (sessionStorage.warm ?? 0) < 600000) return;
    const to = (what) => rows.map((row) => row.querySelector(what)?.getAttribute("href")).filter(Boolean);
    setTimeout(() => { sessionStorage.warm = Date.now(); active.postMessage({ pages: ["/", ...to(".who a")], parts: to("[data-key=d]") }); }, 2000);
  });
})();
