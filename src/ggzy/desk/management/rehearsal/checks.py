"""走完之后的核对: the end is lawful, every fact is there, rows agree, and the pages show what was read."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.test import Client
from django.utils.module_loading import import_string

from ggzy.desk.management.rehearsal.listing import ListingScript
from ggzy.desk.management.rehearsal.script import Script
from ggzy.foundation.journal.values import Fact
from ggzy.kernel.codes import LotCode
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier.values import Stage

ONCE = (
    "lot.registered",
    "bids.opened",
    "committee.drawn",
    "evaluation.reported",
    "candidates.publicised",
    "award.made",
    "committee.published",
    "award_letter.issued",
    "contract.signed",
    "contract.completed",
    "dossier.archived",
)
SOLD = (
    "lot.registered",
    "auction.announced",
    "room.prepared",
    "auction.closed",
    "auction.sold",
    "paddles.revealed",
    "sale.confirmed",
    "contract.signed",
    "contract.completed",
    "dossier.archived",
)
EACH_ROUND = ("tender.announced", "scheme.published", "bidding.closed")
ROWS_A_PAGE = 100


def lot(code: LotCode, script: Script, rounds: int) -> Iterator[str]:
    """一个标段的全部核对; nothing is yielded where everything holds."""
    facts = list(dossier.facts_of(code))
    yield from _end(code)
    yield from _facts(facts, script, rounds)
    yield from _limits(facts)
    yield from _rows(code, facts)
    yield from _pages(code, script)


def listing(code: LotCode, script: ListingScript) -> Iterator[str]:
    """一宗挂牌的全部核对."""
    facts = list(dossier.facts_of(code))
    yield from _end(code)
    found = Counter(fact.kind for fact in facts)
    offers = script.listed + script.timed
    wanted = {**dict.fromkeys(SOLD, 1), "offer.made": offers, "offer.refused": 0}
    wanted |= {"auction.extended": script.timed, "bidder.admitted": len(script.bids)}
    for kind, count in wanted.items():
        if found[kind] != count:
            yield f"留痕里“{kind}”应有 {count} 条，实有 {found[kind]} 条"
    yield from _limits(facts)
    yield from _rows(code, facts)
    page = _text(Client(HTTP_HOST="127.0.0.1"), f"/lots/{code}/")
    for value in (script.title, *(text for _, text in script.reading.fields), *script.subject.given.values()):
        if not _stands(value, page):
            yield f"标的页缺少“{value[:60]}”"


def _end(code: LotCode) -> Iterator[str]:
    stage = dossier.summary(code).stage
    if stage is not Stage.ARCHIVED:
        yield f"没有走到归档，停在“{stage}”"


def _facts(facts: list[Fact], script: Script, rounds: int) -> Iterator[str]:
    found = Counter(fact.kind for fact in facts)
    for kind in ONCE:
        if found[kind] != 1:
            yield f"留痕里“{kind}”应有 1 条，实有 {found[kind]} 条"
    for kind in EACH_ROUND:
        if found[kind] != rounds:
            yield f"留痕里“{kind}”应有 {rounds} 条，实有 {found[kind]} 条"
    submitted = len(script.bids) + sum(len(bids) for bids in script.failed)
    for kind, wanted in (("bid.submitted", submitted), ("bid.read_out", len(script.bids))):
        if found[kind] != wanted:
            yield f"留痕里“{kind}”应有 {wanted} 条，实有 {found[kind]} 条"
    if found["tender.failed"] != len(script.failed):
        yield f"应流标 {len(script.failed)} 次，实为 {found['tender.failed']} 次"


def _limits(facts: list[Fact]) -> Iterator[str]:
    """Every fact that can be late says so itself."""
    for fact in facts:
        if getattr(fact.event, "is_late", False):
            yield f"逾期：{fact.kind}（{fact.at:%Y-%m-%d}）"


def _rows(code: LotCode, facts: list[Fact]) -> Iterator[str]:
    """行与事实: fold of the facts against what the rows say, app by app."""
    for config in apps.get_app_configs():
        if not config.name.startswith("ggzy.trading."):
            continue
        fold = _found(f"{config.name}.rules.fold")
        standing = _found(f"{config.name}.queries.standing")
        if fold and standing and fold(facts) != standing(code):
            yield f"{config.verbose_name}：事实与数据表不一致 {_difference(fold(facts), standing(code))}"


def _found(path: str) -> Callable[[Any], dict[str, object]] | None:
    try:
        found: Callable[[Any], dict[str, object]] = import_string(path)
    except ImportError:
        return None
    return found


def _difference(past: dict[str, object], present: dict[str, object]) -> str:
    keys = [key for key in past.keys() | present.keys() if past.get(key) != present.get(key)]
    return "；".join(f"{key}：{past.get(key)!r} ≠ {present.get(key)!r}" for key in sorted(keys))[:400]


def _pages(code: LotCode, script: Script) -> Iterator[str]:
    """页面: what the notice said stands on the pages a citizen sees."""
    client = Client(HTTP_HOST="127.0.0.1")
    page = _text(client, f"/lots/{code}/")
    for value in (script.title, *(text for _, text in script.reading.fields)):
        if not _stands(value, page):
            yield f"标段页缺少“{value[:60]}”"
    count = len(script.bids)
    record = "".join(
        _text(client, f"/openings/{code}/?page={number}") for number in range(1, -(-count // ROWS_A_PAGE) + 1)
    )
    for bid in script.bids:
        if not _stands(bid.name, record):
            yield f"开标记录缺少投标人“{bid.name[:40]}”"
        if not _stands(bid.price.text, record):
            yield f"开标记录缺少报价“{bid.price.text[:40]}”"


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    if response.status_code != 200:
        return ""
    return _plain(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def _stands(value: str, page: str) -> bool:
    return _plain(value) in page


def _plain(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]+", "", text)
