/* The network is always right; what was seen last stands in for it where there is none. VERSION, FILES and ICON
   are written above by the server. Kept pages belong to one member and one version. */
const SHELL = `shell-${VERSION}`, PAGES = `pages-${VERSION}-`;
const KEPT = /^\/(people\/\d+\/|followups\/\d+\/(panel|outcome)\/)?$/;
const drop = async (which) => { for (const name of await caches.keys()) if (which(name)) await caches.delete(name); };
const forget = (but) => drop((name) => name.startsWith("pages-") && name !== but);
const instead = (name) => caches.match(name, { ignoreVary: true });

const keep = async (name, url, answer) => {
  const member = answer.headers.get("X-Member"), mine = PAGES + member;
  if (!answer.ok) return;
  await forget(mine);
  if (!member || answer.redirected || url.search || !KEPT.test(url.pathname)) return;
  const cache = await caches.open(mine);
  await cache.put(name, answer);
  for (const old of (await cache.keys()).slice(0, -150)) await cache.delete(old);
};

const get = async (event, request) => {
  const url = new URL(request.url), name = (request.headers.has("HX-Request") ? "/part" : "") + url.pathname;
  try {
    const answer = await fetch(request);
    event.waitUntil(keep(name, url, answer.clone()));
    return answer;
  } catch {
    return await instead(name) ?? (request.mode === "navigate" ? instead("/offline/") : Response.error());
  }
};

addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url), going = request.mode === "navigate";
  if (origin !== location.origin) return;
  if (request.method === "GET") {
    if (FILES.includes(pathname) && !going) event.respondWith(instead(pathname).then((found) => found ?? fetch(request)));
    else if (going || KEPT.test(pathname)) event.respondWith(get(event, request));
    return;
  }
  if (pathname.endsWith("/logout/")) event.waitUntil(Promise.all([forget(), registration.pushManager.getSubscription().then((told) => told?.unsubscribe())]));
  const typed = request.headers.get("Content-Type")?.includes("urlencoded");
  if (going && typed) event.respondWith(fetch(request).catch(() => instead("/offline/")));
});

const warm = async (event) => { for (const [path, headers] of event.data) await get(event, new Request(path, { headers })); };
addEventListener("push", (event) => {
  const told = event.data.json();
  event.waitUntil(registration.showNotification(told.title, { ...told, icon: ICON, renotify: true }));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data));
});
addEventListener("message", (event) => event.waitUntil(warm(event)));
addEventListener("install", (event) => event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(drop((name) => name !== SHELL && !name.startsWith(PAGES)).then(() => clients.claim())));
