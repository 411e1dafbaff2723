"""Today in Chromium: a first visit on a slow phone, what it weighs, and how soon a key paints."""

import shutil
import sys
from collections.abc import Iterator
from statistics import median
from typing import Any

from django.conf import settings

from bench.figures import Figure
from bench.pages import Bench, desk_with, served, signed_in

PEOPLE = 40
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
VISITS, PRESSES = 5, 24
LARGEST_PAINT = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
# From the key to the frame that shows it: two animation frames later it has been painted.
KEY_TO_PAINT = """() => {
  window.painted = [];
  addEventListener("keydown", (event) => requestAnimationFrame(() => requestAnimationFrame(
    () => window.painted.push(performance.now() - event.timeStamp))), true);
}"""


def browser() -> Iterator[Figure]:
    program = shutil.which("chromium")
    if program is None:
        sys.stdout.write("Chromium is not installed: left out.\n")
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and only here

    cookie = signed_in(desk_with(PEOPLE))
    with served() as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        address = f"http://127.0.0.1:{port}/"
        yield from _first_visits(chromium, address, cookie)
        yield _keys(chromium, address, cookie)
        chromium.close()


def _first_visits(chromium: Any, address: str, cookie: str) -> Iterator[Figure]:
    visits = [_first_visit(chromium, address, cookie) for _ in range(VISITS)]
    paint, weight = (median(values) for values in zip(*visits, strict=True))
    yield Figure(name="Today, largest paint, slow phone", unit="s", limit=1.5, value=paint / 1000)
    yield Figure(name="Today, first visit in all", unit="KB", limit=120, value=weight / 1000)


def _first_visit(chromium: Any, address: str, cookie: str) -> tuple[float, float]:
    """Milliseconds to the largest paint, and bytes over the line, with nothing kept before."""
    page = _page(chromium, address, cookie, PHONE)
    line = page.context.new_cdp_session(page)
    weights: list[float] = []
    line.on("Network.loadingFinished", lambda ended: weights.append(ended["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(600)
    painted = float(page.evaluate(LARGEST_PAINT))
    page.context.close()
    return painted, sum(weights)


def _keys(chromium: Any, address: str, cookie: str) -> Figure:
    page = _page(chromium, address, cookie, {"viewport": {"width": 1440, "height": 960}})
    page.goto(address, wait_until="networkidle")
    page.evaluate(KEY_TO_PAINT)
    for press in range(PRESSES):
        page.keyboard.press("k" if press % 6 > 3 else "j")
        page.wait_for_timeout(120)
    times = sorted(page.evaluate("window.painted"))
    page.context.close()
    return Figure(
        name="j or k, from key to paint, median", unit="ms", limit=50, value=median(times)
    )


def _page(chromium: Any, address: str, cookie: str, more: dict[str, Any]) -> Any:
    context = chromium.new_context(**more, service_workers="block")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    return context.new_page()


BENCHES: dict[str, Bench] = {"browser": browser}
