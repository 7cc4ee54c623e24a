"""A real server in front of the test's own transaction: uploads, cookies and redirects are the browser's own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

from ggzy.foundation.identity.views import COOKIE
from tests.world import Player, clock
from tests.world import browser as client_of

SIGNALS = (request_started, request_finished)
PATIENCE_MS = 60_000  # how slow the machine is says nothing of the page


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class Patient(ThreadingMixIn, WSGIServer):
    """A line that a browser opens ahead of need and says nothing on holds nobody else up."""

    daemon_threads = True


@dataclass
class House:
    """The platform as a browser reaches it. `at` is its time; `busy` keeps its one connection to one at a time."""

    browser: Browser
    origin: str = ""
    at: datetime | None = None
    busy: threading.RLock = field(default_factory=threading.RLock)
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def enter(self, player: Player, path: str) -> Page:
        """A window of this player, on this page."""
        with self.busy, clock(self.now):
            token = client_of(player).cookies[COOKIE].value
        context = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.origin}])
        page = context.new_page()
        page.on("pageerror", lambda mistake: self.complaints.append(str(mistake)))
        page.goto(self.origin + path)
        return page

    @property
    def now(self) -> datetime:
        assert self.at is not None, "set before anybody enters"
        return self.at

    def leave(self) -> None:
        """Every window shut."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()


@contextmanager
def served(browser: Browser) -> Iterator[House]:
    """The server runs in a thread of its own, on the connection of the test."""
    house, connection = House(browser), connections["default"]
    inner = StaticFilesHandler(WSGIHandler())

    def app(environ: Any, start: Any) -> Any:
        with house.busy, clock(house.now):
            connections["default"] = connection
            return list(inner(environ, start))

    server = make_server("localhost", 0, app, server_class=Patient, handler_class=Quiet)
    house.origin = f"http://localhost:{server.server_port}"
    connection.inc_thread_sharing()
    for signal in SIGNALS:  # they would close the connection between two requests
        signal.disconnect(close_old_connections)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield house
    finally:
        house.leave()
        server.shutdown()
        thread.join()
        server.server_close()
        connection.dec_thread_sharing()
        for signal in SIGNALS:
            signal.connect(close_old_connections)


@dataclass
class Gate:
    """Holds back what a page asks for, until it is opened: `page.route(pattern, gate.take)`."""

    held: list[Route] = field(default_factory=list)
    is_open: bool = False

    def take(self, route: Route) -> None:
        if self.is_open:
            route.fallback()
        else:
            self.held.append(route)

    def open(self) -> None:
        self.is_open = True
        for route in self.held:
            route.fallback()


def go_on(target: Locator) -> None:
    """Clicks what leads to another page, and waits until that page stands."""
    with target.page.expect_navigation():
        target.click()


def path_of(page: Page) -> str:
    """Where this window is."""
    return urlsplit(page.url).path
