/* The page in the network is always right; what was seen last stands in for it where there is none.
   VERSION and FILES are written above by the server. Kept pages belong to one member and one version. */
const SHELL = `shell-${VERSION}`, PAGES = `pages-${VERSION}-`, MOST = 150;
const KEPT = /^\/$|^\/people\/\d+\/$|^\/followups\/\d+\/(panel|outcome)\/$/;

const named = (url, part) => url.pathname + url.search + (part ? "#part".replace("#", url.search ? "&" : "?") : "");
const forget = async (but) => Promise.all((await caches.keys()).filter((name) => name.startsWith("pages-") && name !== but).map((name) => caches.delete(name)));

const keep = async (url, part, answer) => {
  const member = answer.headers.get("X-Member"), mine = member && PAGES + member;
  if (!answer.ok) return;
  await forget(mine);
  if (!mine || answer.redirected || !KEPT.test(url.pathname) || (url.pathname === "/" && url.search)) return;
  const cache = await caches.open(mine);
  await cache.put(named(url, part), answer);
  const names = await cache.keys();
  await Promise.all(names.slice(0, -MOST).map((one) => cache.delete(one)));
};

const instead = async (url, part, request) => {
  const [mine] = (await caches.keys()).filter((name) => name.startsWith(PAGES));
  const cache = mine && await caches.open(mine);
  const found = await cache?.match(named(url, part), { ignoreVary: true }) ?? await cache?.match(named(url, part).replace(/\?.*?(?=[?&]part|$)/, ""), { ignoreVary: true });
  if (found) return found;
  return request.mode === "navigate" ? caches.match("/offline/", { ignoreVary: true }) : Response.error();
};

const page = async (event, url) => {
  const { request } = event, part = request.headers.has("HX-Request");
  try {
    const answer = await fetch(request);
    event.waitUntil(keep(url, part, answer.clone()));
    return answer;
  } catch {
    return instead(url, part, request);
  }
};

const post = (event, url) => {
  if (url.pathname.endsWith("/logout/")) event.waitUntil(forget());
  const typed = event.request.headers.get("Content-Type")?.startsWith("application/x-www-form-urlencoded");
  if (event.request.mode === "navigate" && typed) event.respondWith(fetch(event.request).catch(() => caches.match("/offline/", { ignoreVary: true })));
};

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST") return post(event, url);
  if (FILES.includes(url.pathname) && request.mode !== "navigate") event.respondWith(caches.match(url.pathname, { ignoreVary: true }).then((found) => found ?? fetch(request)));
  else if (request.method === "GET" && (request.mode === "navigate" || KEPT.test(url.pathname))) event.respondWith(page(event, url));
});

const warm = async (paths, part) => {
  for (const path of paths) {
    const url = new URL(path, location.origin);
    const answer = await fetch(url, { headers: { "X-Kept": "1", ...(part ? { "HX-Request": "true" } : {}) } }).catch(() => null);
    if (answer) await keep(url, part, answer);
  }
};
self.addEventListener("message", (event) => event.waitUntil(warm(event.data.parts, true).then(() => warm(event.data.pages, false))));
self.addEventListener("install", (event) => event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== SHELL && !name.startsWith(PAGES)).map((name) => caches.delete(name)))).then(() => clients.claim())));
