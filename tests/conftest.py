"""The stage the stories are played on, and the cast as fixtures."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client, override_settings

from followthrough.ledger.models import Member, Workspace
from tests.cast import client_of, member_named
from tests.servers.world import World, why_not_here, world

# Playwright keeps an event loop in this thread; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parents[1]
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def missing(what: str) -> None:
    """On a desk a test may stay out for want of a tool; in CI that would be a false green."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI=true forbids to go on without it.")
    pytest.skip(f"{what}.")


ASKS_A_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database is the same on each, and runs on the first."""
    if connections["default"].vendor != "postgresql":
        return
    alike = [one for one in items if not _asks_a_database(one)]
    config.hook.pytest_deselected(items=alike)
    items[:] = [one for one in items if _asks_a_database(one)]


def _asks_a_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(ASKS_A_DATABASE & set(getattr(item, "fixturenames", ())))


# ---- the stage -------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _plain_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files without collecting them, and passwords that are cheap to check."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A test's books need not survive the plug being pulled: no fsync."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    options = connections["default"].settings_dict["OPTIONS"]
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("= FULL", "= OFF")


@pytest.fixture(autouse=True)
def _nobody_is_throttled_for_an_earlier_test() -> None:
    cache.clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data beside the repository."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        missing("The real data (../shared/data) is not here")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    program = shutil.which("chromium")
    if program is None:
        missing("The browser (chromium) is not installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and only here

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A page of the system's Chromium on a live server: browser.goto("/")."""
    context = chromium.new_context(base_url=live_server.url, locale="en-GB", timezone_id="UTC")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def mail_world() -> Iterator[World]:
    """Postfix and Dovecot on this machine, one world for all tests of a worker."""
    if why := why_not_here():
        missing(why)
    with world() as started:
        yield started


# ---- the cast ----------------------------------------------------------------------


@pytest.fixture
def workspace(db: None) -> Workspace:
    """Banners: a sign shop in London, where Mia manages and Bob sells."""
    return Workspace.objects.create(name="Banners", zone="Europe/London", country="GB")


@pytest.fixture
def mia(workspace: Workspace) -> Member:
    return member_named("Mia", workspace, "administrator")


@pytest.fixture
def bob(workspace: Workspace) -> Member:
    return member_named("Bob", workspace)


@pytest.fixture
def sid(db: None) -> Member:
    """A stranger: he administers another team and must see nothing of ours."""
    return member_named("Sid", Workspace.objects.create(name="Others"), "administrator")


@pytest.fixture
def mias(mia: Member) -> Client:
    """Mia's browser."""
    return client_of(mia)


@pytest.fixture
def bobs(bob: Member) -> Client:
    return client_of(bob)


@pytest.fixture
def sids(sid: Member) -> Client:
    return client_of(sid)
