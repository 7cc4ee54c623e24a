"""A real browser on the site's real pages, inside the test's own transaction.

The browser runs in a thread of its own; each of its requests is answered by the test's thread through
Django's test client, so that everything is rolled back at the end.
"""

import mimetypes
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.test import Client
from playwright.sync_api import Page, sync_playwright

from ggzy.foundation.ui import errors

STATIC = Path(errors.__file__).parent / "static"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]


@dataclass(frozen=True)
class Asked:
    """A request of the browser, waiting for its answer."""

    method: str
    path: str
    body: bytes
    kind: str
    answer: "queue.Queue[tuple[int, list[tuple[str, str]], bytes]]"


def browse(chromium: str, client: Client, act: Callable[[Page, str], None]) -> None:
    """Lets `act` drive a page; its second argument is the address of the site. Raises what went wrong in it."""
    asked: queue.Queue[Asked | None] = queue.Queue()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _door(asked))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wrong: list[BaseException] = []
    address = f"http://127.0.0.1:{server.server_port}"

    def complain(error: BaseException) -> None:
        wrong.append(error)

    def drive() -> None:
        try:
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=chromium, args=OPTIONS)
                page = browser.new_page()
                page.set_default_timeout(90_000)
                page.on("pageerror", complain)
                act(page, address)
                browser.close()
        except BaseException as error:
            wrong.append(error)
        finally:
            asked.put(None)

    driven = threading.Thread(target=drive)
    driven.start()
    while (one := asked.get()) is not None:
        one.answer.put(_answered(client, one))
    driven.join()
    server.shutdown()
    server.server_close()
    if wrong:
        raise wrong[0]


def _answered(client: Client, asked: Asked) -> tuple[int, list[tuple[str, str]], bytes]:
    answer: Any = client.generic(asked.method, asked.path, asked.body, content_type=asked.kind)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = [(name, value) for name, value in answer.items() if name.lower() != "content-length"]
    return answer.status_code, headers, content


def _door(asked: "queue.Queue[Asked | None]") -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith("/static/"):
                self._relay(b"")
                return
            place = STATIC / self.path.removeprefix("/static/")
            kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
            self._send(200, [("Content-Type", kind)], place.read_bytes())

        def do_POST(self) -> None:
            self._relay(self.rfile.read(int(self.headers["Content-Length"])))

        def _relay(self, body: bytes) -> None:
            kind = self.headers.get("Content-Type", "")
            one = Asked(self.command, self.path, body, kind, queue.Queue())
            asked.put(one)
            self._send(*one.answer.get())

        def _send(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *given: object) -> None:
            pass

    return Door
