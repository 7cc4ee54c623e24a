"""平台的门: what the custodian's tool asks of the platform, each request signed by the holder."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from custodian.holder import Holder, Release
from ggzy.foundation.sealing import requests
from ggzy.foundation.sealing.case import Case
from ggzy.foundation.sealing.plan import KeyStatement
from ggzy.kernel.codes import LotCode

SECONDS_MAX = 60
ANSWER_BYTES_MAX = 512 * 1024**2
DOORS = ("/custody", "/custody/auctions")
"""招标与竞价的门: where a holder's duties of tenders, and of sealed offers, are asked for."""


class PlatformAway(Exception):
    """平台不可用或不受理: in words for the person at the tool."""


@dataclass(frozen=True)
class Todo:
    """待办: a key to make, or a stage whose shares are due; `door` is where it was told of."""

    door: str
    lot: LotCode
    round: int
    stage: str = ""


@dataclass(frozen=True)
class Platform:
    """平台. `clock` is the holder's own."""

    url: str
    holder: Holder
    clock: Callable[[], datetime]

    def todo(self, door: str) -> tuple[tuple[Todo, ...], tuple[Todo, ...]]:
        """Keys to make, and cases to release, of one kind of trade."""
        said = self._json("GET", f"{self._at(door)}/todo.json")
        keys, cases = (
            tuple(
                Todo(door, LotCode.parse(item["lot"]), int(item["round"]), str(item.get("stage", "")))
                for item in said[what]
            )
            for what in ("keys", "cases")
        )
        return keys, cases

    def post_key(self, todo: Todo, statement: KeyStatement) -> None:
        """Posts a key made for one tender or one auction."""
        self._json("POST", f"{self._at(todo.door)}/keys", statement.body())

    def case(self, todo: Todo) -> Case:
        """What must be checked before this stage's shares may go."""
        return Case.read(self._ask("GET", f"{self._of(todo)}.json", b""))

    def post_shares(self, todo: Todo, shares: Sequence[Release]) -> None:
        """Hands over the shares of a stage."""
        self._json("POST", f"{self._of(todo)}/shares", shares_body(shares))

    def _at(self, door: str) -> str:
        return f"{door}/{self.holder.who}"

    def _of(self, todo: Todo) -> str:
        return f"{self._at(todo.door)}/{todo.lot}/{todo.round}/{todo.stage}"

    def _json(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        encoded = b"" if body is None else json.dumps(body, sort_keys=True).encode()
        answer = self._ask(method, path, encoded)
        try:
            return json.loads(answer or b"null")
        except ValueError:
            raise PlatformAway("平台的答复无法识别") from None

    def _ask(self, method: str, path: str, body: bytes) -> bytes:
        holder = self.holder
        header = requests.sign(method, path, body, who=holder.who, key=holder.identity_key, at=self.clock())
        return self.send(method, path, body, header)

    def send(self, method: str, path: str, body: bytes, header: str) -> bytes:
        """Carries one signed request over the wire. Raises PlatformAway."""
        request = urllib.request.Request(
            self.url.rstrip("/") + path,
            data=body if method == "POST" else None,
            method=method,
            headers={"Authorization": header, "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS_MAX) as answer:
                read: bytes = answer.read(ANSWER_BYTES_MAX)
                return read
        except urllib.error.HTTPError as error:
            said = error.read(4096).decode(errors="replace")
            raise PlatformAway(f"平台未受理（{error.code}）：{said}") from error
        except OSError as error:
            raise PlatformAway(f"无法连接平台：{error}") from error


def shares_body(shares: Sequence[Release]) -> dict[str, object]:
    """释放份额的内容, as it is sent or written to a file."""
    said = [{"bid": share.bid, "part": share.part, "m": _text(share.record)} for share in shares]
    return {"fmt": "ggzy.custody.shares/1", "shares": said}


def is_protected(url: str) -> bool:
    """是否加密传输: https, or a platform on this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
