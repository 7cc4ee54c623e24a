"""A real Chromium in front of the test's own transaction: every request is answered by the test client."""

import os
from collections.abc import Callable, Iterator
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from tests.browser.served import PATIENCE_MS
from tests.pages.conftest import announced, opened, sign_in
from tests.pages.crowds import crowded

__all__ = ["announced", "crowded", "opened", "sign_in"]

ORIGIN = "http://localhost"  # a secure context, as https is
ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
ARGUMENTS += "--disable-component-update --disable-sync --lang=zh-CN"


WIDE = """
() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`)
"""


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all browser tests, gone before the tests after them."""
    # Playwright's loop runs in this thread, and so does the test's only database connection.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
        yield launched
        connections.close_all()  # those of this loop; without it Django looks at its own again
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Window:
    """One window of a visitor: its page, and what went wrong in it."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Opens a page of the platform."""
        self.page.goto(ORIGIN + path)
        return self.page

    def wide(self, path: str) -> list[str]:
        """What makes this page scroll sideways."""
        found: list[str] = self.go(path).evaluate(WIDE)
        return [f"{path}: {name}" for name in found]


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Opens windows: `window(client, width=360, script=True)`."""
    contexts: list[BrowserContext] = []

    def open_window(client: Client, width: int = 1280, *, script: bool = True) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="zh-CN", java_script_enabled=script
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        made = Window(context.new_page())
        made.page.on("console", lambda said: _hear(made, said.type, said.text))
        made.page.on("pageerror", lambda mistake: made.complaints.append(str(mistake)))
        inside = copy_context()  # where this test's transaction lives; handlers run outside of it
        context.route("**/*", lambda route: _answer(route, client, made, inside))
        return made

    yield open_window
    for context in contexts:
        context.close()


def _hear(made: Window, kind: str, text: str) -> None:
    if kind in ("error", "warning") and "Failed to load resource" not in text:
        made.complaints.append(text)


def _answer(route: Route, client: Client, made: Window, inside: Context) -> None:
    asked = route.request
    address = urlsplit(asked.url)
    if address.hostname != "localhost":
        made.outside.append(asked.url)
        route.abort()
        return
    path = address.path + (f"?{address.query}" if address.query else "")
    if address.path.startswith("/static/"):
        file = finders.find(address.path.removeprefix("/static/"))
        route.fulfill(path=str(file)) if file else route.fulfill(status=404)
        return
    content_type = asked.headers.get("content-type", "application/octet-stream")
    sent = asked.post_data_buffer or b""
    answer: Any = inside.run(client.generic, asked.method, path, sent, content_type=content_type)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if 300 <= answer.status_code < 400:  # what a browser follows by itself is not asked of us again
        route.fulfill(
            content_type="text/html", body=f'<meta http-equiv="refresh" content="0;url={answer["Location"]}">'
        )
        return
    headers = {name: value for name, value in answer.items() if name.lower() != "content-length"}
    route.fulfill(status=answer.status_code, headers=headers, body=body)
