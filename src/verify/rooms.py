"""竞价室的重放: the published rules of every format, in whole units and microseconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.draws import TICKET, octets
from verify.hashing import Hasher, microseconds

Row = dict[str, Any]
SECOND = 1_000_000
OFFERING = ("free", "timed", "second", "priority")
NEXT = {
    "waiting": ("free", "timed"),
    "free": ("asking", "timed", "second", "entering", "priority"),
    "asking": ("timed", "priority"),
    "timed": ("second", "entering", "priority", "unsealing", "drawing"),
    "entering": ("drawing",),
    "unsealing": ("timed", "drawing", "priority"),
}


@dataclass
class Room:
    """竞价室 as its public facts make it. `gain` is what the leader has travelled from the start.

    `floor` is what it had when sealed offers were asked for once more.
    """

    terms: Row
    format: str
    round: int
    phase: str = "waiting"
    at: int = 0
    end: int | None = None
    leader: int | None = None
    gain: int | None = None
    floor: int | None = None
    price: Row | None = None
    second: Row | None = None
    capped: tuple[int | None, Row | None] | None = None
    seq: int = 0
    extensions: int = 0
    stood: int = 0
    pause: tuple[int, int | None] | None = None
    owed: int | None = None
    is_done: bool = False
    rights: dict[int, int | None] = field(default_factory=dict)  # by paddle, where the paddles are disclosed
    waived: set[int] = field(default_factory=set)
    barred_paddles: set[int] = field(default_factory=set)
    offered: set[int] = field(default_factory=set)
    tied: set[int] = field(default_factory=set)
    awaited: set[int] = field(default_factory=set)
    closed: Row | None = None

    @classmethod
    def of(cls, body: Row) -> Room:
        terms = body["terms"]
        starts = microseconds(terms["timing"]["starts_at"])
        return cls(terms, body["format"], body["round"], end=starts)

    def tell(self, kind: str, body: Row) -> Iterator[str]:
        """What is wrong with this fact; the room afterwards is as the fact says."""
        step = STEPS.get(kind)
        if step is None:
            return
        at = microseconds(body["at"])
        if self.closed:
            yield "竞价已经结束"
        if at < self.at:
            yield "时刻倒退"
        if self.owed is not None and kind != "auction.extended":
            yield "在规定时间内的报价没有延长竞价"
            self.owed = None
        if self.phase == "unsealing" and kind != "offer.unsealed" and self.awaited:
            yield f"还有 {len(self.awaited)} 份密封报价没有开启"
        if self.is_at_cap and kind not in ("auction.extended", "ceiling.reached", "auction.closed"):
            yield "达到限价而没有记载"
        yield from step(self, body, at)
        self.at = at

    def began(self, body: Row, at: int) -> Iterator[str]:
        phase, end = body["phase"], body["end"]
        if phase not in NEXT.get(self.phase, ()) or (self.is_capped_now and phase == "drawing"):
            yield f"{self.phase} 之后不能进入 {phase}"
        if self.pause:
            yield "暂停中进入新阶段"
        if self.phase not in ("unsealing",) and not self.is_capped_now and at != self.end:
            yield "不是在上一阶段届满时进入"
        if (None if end is None else microseconds(end)) != self._ends(phase, at):
            yield "阶段的结束时间与公告不符"
        if phase == "second":
            self.leader, self.gain = None, None
        if self.phase == "unsealing" and phase == "timed":
            self.floor = self.gain
        self.phase, self.end = phase, None if end is None else microseconds(end)

    def _ends(self, phase: str, at: int) -> int | None:
        timing, ceiling = self.terms["timing"], self.terms["ceiling"] or {}
        if self.phase == "waiting":
            return microseconds(timing["ends_at"])
        seconds = {
            "timed": self.terms["ties"]["round_s"] if self.phase == "unsealing" else timing["timed_s"],
            "asking": timing["asking_s"],
            "second": (ceiling.get("second") or {}).get("timed_s", 0),
            "entering": ceiling.get("entering_s", 0),
            "priority": (self.terms["priority"] or {}).get("asking_s", 0),
        }
        return at + seconds[phase] * SECOND if phase in seconds else None

    @property
    def is_at_cap(self) -> bool:
        """The price has reached its ceiling, and nothing has said so yet."""
        is_price = self.phase in ("free", "timed") and self.format != "sealed_offer"
        return is_price and self.capped is None and self.gain is not None and self.gain == self._scale[4]

    @property
    def is_capped_now(self) -> bool:
        """A contest that reached its ceiling price goes on at once."""
        return self.phase == "timed" and self.capped is not None

    def made(self, body: Row, at: int) -> Iterator[str]:
        amount = body["amount"]
        if self.phase not in OFFERING or self.pause or self.end is None or at >= self.end:
            yield "不在可以报价的时间内"
        if body["seq"] != self.seq + 1:
            yield "报价序号不连续"
        if amount["measure"] != self._scale[0]:
            yield "报价的计量不符"
        if self.terms["items"] and body["score"]["units"] != self._points(body):
            yield "综合得分与公布的权重不符"
        gain = self._gain(body["score"] if self.terms["items"] else amount)
        yield from self._falling(amount, at) if self.format == "descending" else self._enough(body, gain)
        if self.phase == "timed" and self.terms["entry"] == "offered" and body["paddle"] not in self.offered:
            yield "挂牌期内没有报价的号牌参加了限时竞价"
        self._lead(body["paddle"], gain, amount)
        self.seq = body["seq"]
        self.offered.add(body["paddle"])
        self._owe(at)

    def _lead(self, paddle: int, gain: int, amount: Row) -> None:
        self.leader, self.gain = paddle, gain
        if self.phase == "second":
            self.second = amount
            self.is_done = gain == self._scale[4]
        else:
            self.price = amount
        self.is_done = self.is_done or self.format == "descending"

    def _owe(self, at: int) -> None:
        """What the end becomes by an offer in the last seconds; None where it stays."""
        timing = self.terms["timing"]
        window, length, most = timing["window_s"], timing["length_s"], timing["extensions_max"]
        if self.phase == "second":
            window = length = self.terms["ceiling"]["second"]["timed_s"]
            most = None
        if self.phase not in ("timed", "second") or self.end is None or self.format == "descending":
            return
        after = at + length * SECOND
        is_late = self.end - at <= window * SECOND
        if is_late and after > self.end and (most is None or self.extensions < most):
            self.owed = after

    def _enough(self, body: Row, gain: int) -> Iterator[str]:
        _, _, _, steps, cap = self._scale
        is_match = gain == self.gain and self.terms["priority"] is not None
        least = 0 if self.gain is None else self.gain + _step(steps, self.gain)
        if cap is not None and self.gain is not None and self.gain < cap < least:
            least = cap
        if self.phase == "priority" or is_match:
            if not is_match:
                yield "优先购买权人应以相同价格应价"
            if body["paddle"] in self.rights and body["paddle"] not in self._holders:
                yield "以相同价格应价的号牌没有在先的优先购买权"
            return
        if gain < least:
            yield "报价没有达到起始价或者一个幅度"
        if cap is not None and gain > cap:
            yield "报价超过限价"
        if self.leader == body["paddle"] and not self.terms["may_raise_own"]:
            yield "领先的竞买人对自己加价"
        if steps["is_exact"] and gain != cap and (gain - _edge(steps, gain)) % _step(steps, gain):
            yield "报价不在阶梯上"
        leap = steps["leap_max"]
        if leap is not None and gain - (self.gain or 0) > leap * _step(steps, self.gain or 0):
            yield "单次报价超过允许的幅度数"

    def _falling(self, amount: Row, at: int) -> Iterator[str]:
        fall, start = self.terms["fall"], self.terms["start"]["units"]
        run = at - microseconds(self.terms["timing"]["starts_at"]) - self.stood
        falls = run // (fall["interval_s"] * SECOND)
        if amount["units"] != max(start - falls * self.terms["steps"]["step"], fall["floor"]["units"]):
            yield "成交价不是当时的价格"

    def _points(self, body: Row) -> int:
        values = [Fraction(body["amount"]["units"], 100), *map(Fraction, body["items"])]
        total = Fraction(0)
        for item, value in zip(self.terms["items"], values, strict=True):
            base, best = Fraction(item["base"]), Fraction(item["best"])
            total += Fraction(item["weight"]) * min(
                max((value - base) / (best - base), Fraction(0)), Fraction(1)
            )
        return int(total * 10**6 + Fraction(1, 2))

    @property
    def _scale(self) -> tuple[str, int, int, Row, int | None]:
        """Measure, start, direction, steps and cap of what is offered now."""
        start, ceiling = self.terms["start"], self.terms["ceiling"]
        sign = 1 if self.terms["direction"] == "up" else -1
        if self.phase == "second":
            second = ceiling["second"]
            cap = None if second["cap"] is None else second["cap"] - second["start"]
            plain = {"step": second["step"], "ladder": [], "is_exact": True, "leap_max": None}
            return second["measure"], second["start"], 1, plain, cap
        if self.terms["items"]:
            return start["measure"], 0, 1, self.terms["steps"], 100 * 10**6
        cap = None if ceiling is None else sign * (ceiling["amount"]["units"] - start["units"])
        return start["measure"], start["units"], sign, self.terms["steps"], cap

    def _gain(self, amount: Row) -> int:
        _, start, sign, _, _ = self._scale
        return int(sign * (amount["units"] - start))

    def extended(self, body: Row, at: int) -> Iterator[str]:
        if (microseconds(body["before"]), microseconds(body["after"])) != (self.end, self.owed):
            yield "延长的时间与公告的规则不符"
        if body["seq"] != self.seq or at != self.at:
            yield "延长不是由最近的报价引起"
        self.end, self.owed = microseconds(body["after"]), None
        self.extensions += 1

    def reached(self, body: Row, at: int) -> Iterator[str]:
        if self.gain is None or self.gain != self._scale[4] or body["seq"] != self.seq:
            yield "报价没有达到最高限价"
        self.capped = (self.leader, self.price)

    def paused(self, body: Row, at: int) -> Iterator[str]:
        since = microseconds(body["since"])
        if self.pause or since > at or (self.end is not None and since >= self.end):
            yield "暂停的时间不对"
        self.pause = (since, None if self.end is None else self.end - since)

    def resumed(self, body: Row, at: int) -> Iterator[str]:
        if self.pause is None:
            yield "没有暂停就恢复"
            return
        since, left = self.pause
        least = self.terms["timing"]["resume_min_s"] * SECOND
        end = None if left is None else at + max(left, least)
        if (None if body["end"] is None else microseconds(body["end"])) != end:
            yield "恢复后的结束时间不是剩余的时间"
        self.end, self.pause, self.stood = end, None, self.stood + at - since

    def sealed(self, body: Row, at: int) -> Iterator[str]:
        if body["paddle"] in self.awaited or self.phase != "timed" or self.pause or at >= (self.end or 0):
            yield "密封报价不在可以递交的时间内，或者重复"
        self.awaited.add(body["paddle"])

    def unsealed(self, body: Row, at: int) -> Iterator[str]:
        if self.phase != "unsealing":
            yield "不在开启阶段"
        self.awaited.discard(body["paddle"])
        amount = body["amount"]
        gain = None if amount is None or amount["measure"] != self._scale[0] else self._gain(amount)
        _, _, _, steps, cap = self._scale
        is_valid = gain is not None and amount["units"] > 0 and gain >= 0 and (cap is None or gain <= cap)
        if is_valid and gain is not None and steps["is_exact"] and gain != cap:
            is_valid = (gain - _edge(steps, gain)) % _step(steps, gain) == 0
        is_valid = is_valid and (self.floor is None or (gain is not None and gain > self.floor))
        if is_valid == bool(body["reasons"]):
            yield "报价是否有效判断不符"
        if gain is None or body["reasons"]:
            return
        if self.gain is None or gain > self.gain:
            self.leader, self.gain, self.price, self.tied = body["paddle"], gain, amount, {body["paddle"]}
        elif gain == self.gain:
            self.tied.add(body["paddle"])

    def drawn(self, body: Row, at: int) -> Iterator[str]:
        hasher, seed = Hasher("sha256"), octets(body["seed"])
        leaves = [octets(leaf) for leaf in body["leaves"]]
        lowest = min(leaves, key=lambda leaf: (hasher.mac(seed, TICKET + leaf), leaf))
        if body["paddles"][leaves.index(lowest)] != body["winner"] or len(set(leaves)) != len(leaves):
            yield "中签的不是号签最小的号牌"
        known = {self.capped[0]} if self.capped else self.tied
        if self.phase != "drawing" or not known <= set(body["paddles"]):
            yield "参加摇号的号牌不符"
        self.leader, self.is_done = body["winner"], True
        if self.capped:
            self.capped = (body["winner"], self.capped[1])

    def finished(self, body: Row, at: int) -> Iterator[str]:
        paddle, price = self.leader, self.price
        if self.capped:
            paddle, price = self.leader or self.capped[0], self.capped[1]
        outcome = "no_offer" if paddle is None else "led"
        if body["outcome"] == "too_few" and self._may_be_few:
            outcome = "too_few"
        told = (
            body["outcome"],
            body["paddle"],
            body["price"],
            body["second"],
            body["seq"],
            body["extensions"],
        )
        if told != (outcome, paddle, price, self.second, self.seq, self.extensions):
            yield "竞得号牌、价格、次数与报价过程不符"
        is_now = self.is_done or self.is_capped_now or self.phase == "unsealing"
        if at not in (self._ends_of_inquiry(at) or {self.at if is_now else self.end}) or self.pause:
            yield "结束时间与规则不符"
        self.closed = body

    def given(self, body: Row, at: int) -> Iterator[str]:
        yield from () if body["paddle"] not in self.rights else ("号牌重复发放",)
        self.rights[body["paddle"]] = body["priority"]

    def barred(self, body: Row, at: int) -> Iterator[str]:
        yield from ()
        self.barred_paddles.add(body["paddle"])

    def cleared(self, body: Row, at: int) -> Iterator[str]:
        yield from ()
        self.barred_paddles.discard(body["paddle"])

    def gave_up(self, body: Row, at: int) -> Iterator[str]:
        if self.phase != "priority" or (
            body["paddle"] in self.rights and body["paddle"] not in self._holders
        ):
            yield "放弃优先购买权的号牌没有被询问"
        self.waived.add(body["paddle"])

    @property
    def _holders(self) -> set[int]:
        """Whose right is better than the leader's, as far as the paddles are disclosed."""
        lead = self.rights.get(self.leader or 0)
        return {
            paddle
            for paddle, order in self.rights.items()
            if order is not None and paddle not in self.waived | self.barred_paddles and paddle != self.leader
            and (lead is None or order < lead)
        }  # fmt: skip

    def _ends_of_inquiry(self, at: int) -> set[int | None]:
        """By its notice an inquiry ends with the last answer; whose they are is seen where paddles are disclosed."""
        priority = self.terms["priority"] or {}
        if self.phase != "priority" or not priority.get("ends_when_answered"):
            return set()
        if not self.rights:
            return {at} if self.end is not None and self.at <= at <= self.end else {self.end}
        ended: set[int | None] = {self.end} if self._holders or self.barred_paddles else set()
        return ended if self._holders else ended | {self.at}

    @property
    def _may_be_few(self) -> bool:
        """How many have paddles is sealed; they are counted before the timed contest, or by what was sealed."""
        is_sealed = self.format == "sealed_offer" and self.phase == "timed"
        return self.phase in ("waiting", "free") or is_sealed


def _step(steps: Row, gain: int) -> int:
    step = steps["step"]
    for rung in steps["ladder"]:
        step = rung["step"] if gain >= rung["beyond"] else step
    return int(step)


def _edge(steps: Row, gain: int) -> int:
    return max((rung["beyond"] for rung in steps["ladder"] if gain >= rung["beyond"]), default=0)


STEPS = {
    "paddle.given": Room.given,
    "paddle.barred": Room.barred,
    "paddle.cleared": Room.cleared,
    "priority.waived": Room.gave_up,
    "phase.began": Room.began,
    "offer.made": Room.made,
    "auction.extended": Room.extended,
    "ceiling.reached": Room.reached,
    "auction.paused": Room.paused,
    "auction.resumed": Room.resumed,
    "offer.sealed": Room.sealed,
    "offer.unsealed": Room.unsealed,
    "lots.drawn": Room.drawn,
    "auction.closed": Room.finished,
}
