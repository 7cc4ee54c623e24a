"""./ggzy bench auction: offers a second on one hot room, and what kill -9 of its writer loses.

Every figure is a durable commit that was answered afterwards. The baseline, in the same run, is what a plain
Django program does: one transaction an offer, the room's row locked, no fact, no receipt. Then writers take
the seat one after another, killed amid their presses or still pressing; each sends the last presses again.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import django

from bench.journal import FORKED, fdatasync, rate_of, require_durable

ROOT = Path(__file__).resolve().parents[1]
SECONDS, KILLS = 3.0, 10
PADDLES, WRITERS = 64, 8
BATCHES = (1, 16, 64)
SILENCE_MAX = 60.0
AGAIN, FENCED = 20, 3
_seat: dict[str, Any] = {}


def main() -> int:
    parser = argparse.ArgumentParser("./ggzy bench auction")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each measurement; 0 for none")
    parser.add_argument("--kills", type=int, default=KILLS, help="kill -9 of the writer")
    parser.add_argument("--writer", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--lot", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ggzy.settings")
    django.setup()
    if options.writer:
        return write(options.writer, options.lot)
    with FORKED.Pool(1) as alone:  # so that the writers below inherit no connection
        made = alone.apply(_rooms)
    figures = measured(options.seconds, made) if options.seconds else {}
    crash = crashed(made["crash"][0], options.kills)
    if options.json:
        print(json.dumps({**figures, "crash": crash}, ensure_ascii=False))
    else:
        for name, value in figures.items():
            print(f"  {name:<28}{value:>14,}")
        print("\n".join(crash["faults"]))
    print(summary(figures, crash))
    return 0 if crash["acknowledged"] and not crash["faults"] else 1


def _rooms() -> dict[str, tuple[str, list[int]]]:
    from bench._room import room

    made = {name: room(paddles) for name, paddles in (("hot", PADDLES), ("plain", 2), ("crash", 8))}
    return {name: (str(lot), paddles) for name, (lot, paddles) in made.items()}


def measured(seconds: float, made: dict[str, tuple[str, list[int]]]) -> dict[str, float]:
    """The room's writer with batches of each size, and the baseline with one writer and with several."""
    require_durable()
    _seat.update(hot=made["hot"], plain=made["plain"])
    figures: dict[str, float] = {"cores": os.cpu_count() or 1, "fdatasync_per_s": round(fdatasync(1.0))}
    for writers in (1, WRITERS):
        rate = rate_of(plain, writers, seconds)
        figures[f"plain_{writers}w_per_s"] = round(rate.per_second)
        figures[f"plain_{writers}w_p99_ms"] = round(rate.p99_ms, 1)
    for size in BATCHES:
        rate = rate_of(partial(_press, size), 1, seconds)
        figures[f"seat_{size}_per_s"] = round(rate.per_second)
        figures[f"seat_{size}_p99_ms"] = round(rate.p99_ms, 1)
    rate = rate_of(lambda writer, turn: press(BATCHES[-1], is_signed=True), 1, seconds)
    figures[f"seat_{BATCHES[-1]}_signed_per_s"] = round(rate.per_second)
    best = max(figures["plain_1w_per_s"], figures[f"plain_{WRITERS}w_per_s"])
    figures["times_plain"] = round(figures[f"seat_{BATCHES[-1]}_per_s"] / best, 1)
    return figures


def _press(size: int, writer: int, turn: int) -> int:
    return press(size)


def press(size: int, *, is_signed: bool = False) -> int:
    """One batch of that many offers through the seat of this process, each a step above the last."""
    from bench._room import offer
    from ggzy.foundation.journal import queries as journal
    from ggzy.kernel.codes import LotCode
    from ggzy.trading.auctions import services

    lot, paddles = _seat["hot"]
    seat = _seat.get("taken")
    if seat is None:
        seat = _seat["taken"] = services.take(LotCode(lot))
    first = seat.room.seq
    offers = [offer(paddles, first + turn, f"hot-press-{first + turn}") for turn in range(size)]
    answers = seat.press(offers)
    assert all(answer.is_accepted for answer in answers), "every offer is one step above the last"
    if is_signed:
        for answer in answers:
            assert answer.receipt is not None, "a fresh press has a receipt"
            journal.signed(answer.receipt)
    return size


def plain(writer: int, turn: int) -> int:
    """One transaction an offer, with a row lock: what a plain Django program does."""
    from django.db import transaction
    from django.utils import timezone

    from bench._room import START, STEP
    from ggzy.trading.auctions.models import Auction, OfferRow, RoomRow

    lot, paddles = _seat["plain"]
    auction = _seat.get("auction") or _seat.setdefault("auction", Auction.objects.get(lot_id=lot).pk)
    with transaction.atomic():
        row = RoomRow.objects.select_for_update().get(pk=auction)
        assert row.ends_at is not None and timezone.now() < row.ends_at
        units = START + row.seq * STEP
        OfferRow.objects.create(
            auction_id=auction, seq=row.seq + 1, paddle=paddles[row.seq % 2], measure="money", units=units,
            at=timezone.now(),
        )  # fmt: skip
        row.seq, row.leader = row.seq + 1, paddles[row.seq % 2]
        row.save(update_fields=["seq", "leader"])
    return 1


def crashed(lot: str, kills: int) -> dict[str, Any]:
    """Writers killed amid their presses, or fenced by the next; then the answers against the journal."""
    with tempfile.TemporaryDirectory(prefix="ggzy-auction-") as folder:
        file = Path(folder) / "answers"
        file.touch()
        chance, fenced, before = random.Random(7), 0, None
        for turn in range(kills):
            writer = subprocess.Popen(
                [sys.executable, __file__, "--writer", str(file), "--lot", lot],
                env=_environment(), stderr=subprocess.DEVNULL,
            )  # fmt: skip
            if before is not None:
                fenced += before.wait(SILENCE_MAX) == FENCED
            _wait_for_answers(file, writer)
            time.sleep(chance.uniform(0.05, 0.5))
            before = writer if turn % 2 and turn + 1 < kills else None
            if before is None:
                writer.kill()
                writer.wait()
        lines = [line.split() for line in file.read_text().split("\n")[:-1]]
        lines = [line for line in lines if len(line) == 3]
        with FORKED.Pool(1) as alone:
            faults, offers = alone.apply(compare, (lot, lines))
            # The same check must find an offer that nobody has recorded, or it finds nothing at all.
            more, _ = alone.apply(compare, (lot, [*lines, ["never-pressed", "1", "-"]]))
    assert len(more) == len(faults) + 1, "the check misses an offer that is not there"
    if fenced != (kills - 1) // 2:
        faults.append(f"{(kills - 1) // 2} 个被接管的写入方中只有 {fenced} 个停下")
    answered = len({line[0] for line in lines})
    return {
        "kills": kills - fenced,
        "fenced": fenced,
        "acknowledged": answered,
        "offers": offers,
        "faults": faults,
    }


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "GGZY_LOG_LEVEL": "ERROR"}


def _wait_for_answers(file: Path, writer: subprocess.Popen[bytes]) -> None:
    before, limit = file.stat().st_size, time.monotonic() + SILENCE_MAX
    while file.stat().st_size == before:
        assert writer.poll() is None and time.monotonic() < limit, "the writer gives no answer"
        time.sleep(0.01)


def write(file: Path, lot: str) -> int:
    """A writer: takes the seat and presses until it is killed or fenced, first again what was pressed last."""
    from bench._room import offer
    from ggzy.kernel.codes import LotCode
    from ggzy.trading.auctions import services

    seat = services.take(LotCode(lot))
    paddles = [paddle.number for paddle in seat.room.roster.paddles]
    turn = max(0, seat.room.seq - AGAIN)
    with file.open("ab", buffering=0) as answers:
        while True:
            offers = [
                offer(paddles, turn + more, f"crash-press-{turn + more}") for more in range(1 + turn % 9)
            ]
            try:
                given = seat.press(offers)
            except services.Fenced:
                return FENCED
            for answer in given:
                assert answer.receipt is not None, "a press of its own content has a receipt"
                told = f"{answer.press} {answer.receipt.height} {','.join(r.code for r in answer.reasons)}-\n"
                answers.write(told.encode())
            turn += len(offers)


def compare(lot: str, lines: list[list[str]]) -> tuple[list[str], int]:
    """Each acknowledged offer stands exactly once at its place; the room is whole, and so is the journal."""
    from bench._room import START, STEP
    from ggzy.foundation.journal import queries as journal
    from ggzy.kernel.codes import LotCode
    from ggzy.trading.auctions import queries, rules

    code = LotCode(lot)
    facts = list(journal.facts(subject=queries.stream(code, 1)))
    made = [(fact.event.press, str(fact.height)) for fact in facts if fact.kind == "offer.made"]
    units = [fact.event.amount.units for fact in facts if fact.kind == "offer.made"]
    faults = [f"已答复而不在留痕中：{' '.join(line)}" for line in lines if tuple(line[:2]) not in set(made)]
    faults += [f"已答复为未接受：{' '.join(line)}" for line in lines if line[2] != "-"]
    if len({press for press, _ in made}) != len(made):
        faults.append("同一操作记了两次")
    if units != [START + turn * STEP for turn in range(len(units))]:
        faults.append("报价不是逐个幅度递增")
    faults += [
        f"核验：{flaw}" for flaw in rules.audit(queries.formats()["ascending"], [f.event for f in facts])
    ]
    if rules.fold(journal.facts(prefix=f"lot/{lot}")) != queries.standing(code):
        faults.append("折叠与现状不一致")
    return faults + list(journal.audit().faults), len(made)


def summary(figures: dict[str, float], crash: dict[str, Any]) -> str:
    """The one line at the end."""
    told = (
        f"竞价室：每批 1 次 {figures['seat_1_per_s']:,}、16 次 {figures['seat_16_per_s']:,}、"
        f"64 次 {figures['seat_64_per_s']:,} 次报价/秒（p99 {figures['seat_64_p99_ms']} 毫秒）；"
        f"同时测得每次报价一个事务、行锁 {figures['plain_1w_per_s']:,} 与 {figures[f'plain_{WRITERS}w_per_s']:,} 次/秒；"
        if figures
        else ""
    )
    return told + (
        f"kill -9 {crash['kills']} 次、被接管 {crash['fenced']} 次，"
        f"已答复 {crash['acknowledged']} 次报价，不符 {len(crash['faults'])} 处"
    )


if __name__ == "__main__":
    sys.exit(main())
