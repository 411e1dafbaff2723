/* Without network nothing typed is lost: forms with a token wait here and go out in order, once. */
(() => {
  const { member } = document.body.dataset, NAME = `kept:${member}`, line = document.querySelector("#offline");
  if (!member || !line) return;
  const FORM = "form[method=post]:has([name=token])";
  const kept = () => JSON.parse(localStorage.getItem(NAME) ?? "[]");
  const waiting = () => kept().filter((one) => !one.refused);
  const without = (token) => kept().filter((one) => one.token !== token);
  const tell = (detail) => document.dispatchEvent(new CustomEvent("tell", { detail }));
  const csrf = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const row = (one) => document.querySelector(`[data-row]:has([data-key=d][href^="${one.to}"])`);
  let away = !navigator.onLine, door = false;

  const show = () => {
    const waits = waiting(), refused = kept().filter((one) => one.refused);
    const count = waits.length && (waits.length > 1 ? "Many" : "One");
    const key = door ? "door" : count ? (away ? "away" : "home") + count : away ? "away" : refused.length ? "refused" : "";
    line.hidden = !key;
    line.querySelector("[data-said]").textContent = line.dataset[key]?.replace("#", waits.length);
    line.querySelector("ul").replaceChildren(...refused.map(refusal));
    waits.map(row).forEach((it) => it?.querySelector(".kept") ?? it?.querySelector(".about").append(line.querySelector("#waits").content.cloneNode(true)));
  };
  const keep = (entries) => { localStorage.setItem(NAME, JSON.stringify(entries)); show(); };

  const refusal = (one) => {
    const item = line.querySelector("#refused").content.firstElementChild.cloneNode(true), form = item.querySelector("form");
    item.querySelector("b").textContent = one.refused;
    item.querySelector("q").textContent = one.fields.filter(([name, value]) => value && /note|wants|text|name|when/.test(name)).map(([, value]) => value).join(" · ");
    form.action = one.to;
    for (const [name, value] of [...one.fields, ["csrfmiddlewaretoken", csrf()]]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    item.querySelector("[data-drop]").onclick = () => keep(without(one.token));
    return item;
  };

  const put = (form, button) => {
    const fields = [...new FormData(form, button)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    fields.push(["typed_at", new Date().toISOString()]);
    const { token } = form.elements, sheet = form.closest("dialog");
    keep([...without(token.value), { to: form.getAttribute("action"), token: token.value, fields }]);
    tell("kept");
    if (sheet) return sheet.close();
    token.value = crypto.randomUUID();
    form.reset();
  };

  const send = () => waiting().length && navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    const told = [];
    for (const one of lock ? waiting() : []) {
      const headers = { "X-CSRFToken": csrf(), "X-Kept": member };
      const { status, said } = await fetch(one.to, { method: "POST", body: new URLSearchParams(one.fields), headers })
        .then(async (it) => ({ status: it.status, said: await it.text() }), () => ({ status: 0 }));
      away = !status;
      door = status === 401 || status === 403;
      if (away || door || status >= 500 || status === 429) return show();
      if (status !== 201 && status !== 204) { keep([...without(one.token), { ...one, refused: said.replace(/^\s*<[^]*/, "") || " " }]); continue; }
      row(one)?.closest("li").remove();
      keep(without(one.token));
      sessionStorage.removeItem(`draft:${member}:${one.to}`);
      if (said) told.push(said);
      tell(told.join(" ") || "sent");
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target, { token } = form.elements;
    if (!form.matches(FORM) || line.contains(form)) return;
    if (navigator.onLine) return void (kept().some((one) => one.token === token.value) && keep(without(token.value)));
    event.preventDefault();
    event.stopImmediatePropagation();
    put(form, event.submitter);
  }, true);
  document.addEventListener("htmx:sendError", (event) => {
    const form = event.target.matches(FORM), opens = event.target.matches("[data-key=s], [data-key=d]");
    away = true;
    show();
    if (form) put(event.target);
    if (opens) tell("away");
    if (form || opens) event.stopImmediatePropagation();
  }, true);
  const turn = () => { away = !navigator.onLine; show(); if (!away) send(); };
  addEventListener("online", turn);
  addEventListener("offline", turn);
  setInterval(send, 30000);
  turn();

  /* What the rows of this page lead to is kept for later, at most every ten minutes. */
  navigator.serviceWorker?.register("/sw.js").then(() => navigator.serviceWorker.ready).then(({ active }) => {
    const rows = [...document.querySelectorAll("[data-row]")].slice(0, 20);
    if (!rows.length || Date.now() - (sessionStorage.warm ?? 0) < 600000) return;
    const to = (what, part) => rows.map((it) => it.querySelector(what)?.getAttribute("href")).filter(Boolean).map((path) => [path, { "X-Kept": "", ...part }]);
    setTimeout(() => {
      sessionStorage.warm = Date.now();
      active.postMessage([["/", {}], ...to("[data-key=d]", { "HX-Request": "true" }), ...to(".who a")]);
    }, 2000);
  });
})();
