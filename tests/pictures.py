"""Pictures of every screen, on a Wednesday in a small sign shop:  make pictures"""

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
DESK = {"viewport": {"width": 1440, "height": 960}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
Screens = dict[str, tuple[Any, str, Callable[[Any], None]]]  # who looks, where, and what is done
LOOKS: dict[str, dict[str, Any]] = {
    "": DESK | {"color_scheme": "light"},
    "-dark": DESK | {"color_scheme": "dark"},
    "-phone": PHONE | {"color_scheme": "light"},
}


def main() -> None:
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is not installed: no pictures were taken.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="followthrough-pictures-") as place:
        prepare(place)
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        from followthrough.ledger import clock  # noqa: PLC0415 - these need Django's start
        from tests.sign_shop import NOW, SignShop  # noqa: PLC0415

        with clock.at(NOW), serving() as address, sync_playwright() as playwright:
            shop = SignShop()
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for screens in (screens_of, screens_of_mail):
                known = screens(shop)
                for look in LOOKS:
                    take_all(browser, address, known, look)
            browser.close()


def prepare(place: str) -> None:
    """Books and static files of their own, whatever the surroundings say."""
    for name in ("DATABASE_URL", "SECRET_KEY", "SITE_URL", "EMAIL_URL", "DEBUG", "WORKER"):
        os.environ.pop(name, None)
    os.environ |= {"VAR_DIR": place, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "followthrough.project.settings"
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    from followthrough.project import serve  # noqa: PLC0415

    serve.prepare()


class Silent(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """The names of the pictures are enough."""


@contextmanager
def serving() -> Iterator[str]:
    from django.core.servers.basehttp import ThreadedWSGIServer  # noqa: PLC0415

    from followthrough.project.wsgi import application  # noqa: PLC0415

    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.daemon_threads = True
    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


# --- taking them ----------------------------------------------------------------------


def take_all(browser: Any, address: str, screens: Screens, look: str) -> None:
    for name, (who, path, act) in screens.items():
        context = browser.new_context(base_url=address, locale="en-GB", **LOOKS[look])
        if who is not None:
            context.add_cookies([cookie_of(who, address)])
        page = context.new_page()
        page.goto(path)
        act(page)
        page.evaluate("document.fonts.ready")
        taken = PICTURES / f"{name}{look}.png"
        page.screenshot(path=taken, animations="disabled")
        taken.chmod(0o644)  # the server's own files are nobody else's business; these are
        sys.stdout.write(f"{name}{look}.png\n")
        context.close()


def cookie_of(member: Any, address: str) -> dict[str, str]:
    from tests.cast import client_of  # noqa: PLC0415

    return {
        "name": "sessionid",
        "value": client_of(member).cookies["sessionid"].value,
        "url": address,
    }


def as_it_is(_page: Any) -> None:
    """Nothing to press."""


def open_the_sheet(page: Any) -> None:
    page.locator("[data-row] [data-key=d]").first.evaluate("button => button.click()")
    page.wait_for_selector("#sheet[open]")
    page.locator("[name=outcome][value=spoke]").check(force=True)
    page.locator("#sheet-note").fill("Three metres, white on green. Open on 12 December.")
    page.locator("[name=gift][value='A photo']").check(force=True)
    page.locator("#sheet-when").fill("call next tue 10am")
    page.wait_for_selector("#parsed:has-text('1 December 2026')")


def fill_capture(page: Any) -> None:
    page.locator("[name=name]").fill("Ruth Bell")
    page.locator("[name=reach]").fill("020 7946 0311")
    page.locator("[name=wants]").fill("A banner for the school fair.\nHow long does it take?")
    page.locator("[name=when]").fill("call tomorrow 9am")
    page.wait_for_selector("#parsed:has-text('November 2026')")


def open_the_palette(page: Any) -> None:
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open] #palette-people [role=option]")


def screens_of(shop: Any) -> Screens:
    seen = f"/people/{shop.ann.pk}/"
    screens = {
        "today": (shop.bob, "/", as_it_is),
        "today-empty": (shop.mia, "/", as_it_is),
        "sheet": (shop.bob, "/", open_the_sheet),
        "person": (shop.bob, seen, as_it_is),
        "palette": (shop.bob, seen, open_the_palette),
        "capture": (shop.bob, "/capture/", fill_capture),
        "sign-in": (None, "/account/login/", as_it_is),
        "no-such-page": (None, "/no/such/page/", as_it_is),
    }
    return screens | {name: (who_for(name, shop), path, as_it_is) for name, path in by_name()}


def screens_of_mail(shop: Any) -> Screens:
    """Once a mailbox is connected, and the ready-made sequences are taken."""
    from followthrough.ledger import sequences  # noqa: PLC0415
    from followthrough.ledger.models import FollowUp, Sequence  # noqa: PLC0415
    from tests.sign_shop import NOW  # noqa: PLC0415

    box = shop.mailbox()
    sequences.take_all(shop.workspace, at=NOW)
    owed = FollowUp.objects.filter(member=shop.bob, settled_at=None, how="email").latest("band")
    after_a_quote = Sequence.objects.get(workspace=shop.workspace, name="After a quote")
    return {
        "writing": (shop.bob, f"/followups/{owed.pk}/mail/", as_it_is),
        "sequence": (shop.mia, f"/sequences/{after_a_quote.pk}/", as_it_is),
        "mailbox": (shop.bob, f"/settings/mailboxes/{box.pk}/", as_it_is),
    }


def by_name() -> Iterator[tuple[str, str]]:
    """Every other screen that has an address of its own."""
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415

    for name in NAMES:
        with suppress(NoReverseMatch):
            yield name, reverse(name)


# Those that bob does not see are mia's: she administers.
NAMES = [
    *(
        "waiting",
        "people",
        "deals",
        "promises",
        "week",
        "found",
        "learned",
        "one",
        "library",
        "sequences",
    ),
    *("find", "keys", "offline", "welcome", "demo", "likenesses", "profile"),
    *("import", "members", "settings", "health"),
]
FOR_MIA = {"import", "members", "settings", "health"}


def who_for(name: str, shop: Any) -> Any:
    return shop.mia if name in FOR_MIA else shop.bob


if __name__ == "__main__":
    main()
