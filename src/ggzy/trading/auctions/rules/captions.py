"""竞价室的说明: how a room runs, in the words of its page. Sentences and steps from the terms, no more."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions.rules import words
from ggzy.trading.auctions.values import (
    Amount,
    AtCeiling,
    AuctionState,
    Direction,
    Entry,
    Format,
    FormatTerms,
    PriorityMode,
    RoomPhase,
)

Mark = Literal["done", "current", "coming"]
SOON = timedelta(hours=24)
TAGS: Mapping[AuctionState, str] = {
    AuctionState.PAUSED: "stopped",
    AuctionState.SOLD: "done",
    AuctionState.CONFIRMED: "done",
    AuctionState.FAILED: "stopped",
    AuctionState.DEFAULTED: "stopped",
}


def extension(terms: FormatTerms) -> str:
    """延时规则, in one sentence."""
    timing = terms.timing
    if not timing.window_s or not timing.length_s:
        return "本场竞价不延长时间。"
    window, length = words.duration(timing.window_s), words.duration(timing.length_s)
    phase = "限时竞价" if timing.timed_s else "竞价"
    most = timing.extensions_max
    limit = f"最多延长 {most} 次" if most is not None else "延长次数不限"
    return f"{phase}结束前 {window}内有新报价的，结束时间顺延至该次报价后 {length}，{limit}。"


def entry(terms: FormatTerms) -> str:
    """限时竞价参加条件, in one sentence; empty where all may go on."""
    return {
        Entry.ANYONE: "",
        Entry.OFFERED: "挂牌期内有过有效报价的竞买人参加限时竞价。",
        Entry.JOINED: "询问期内表示继续竞价的竞买人参加限时竞价。",
    }[terms.entry]


def ceiling(terms: FormatTerms) -> str:
    """最高限价的规则, in one sentence; empty where there is none."""
    if terms.ceiling is None:
        return ""
    bound = "最高限价" if terms.direction is Direction.UP else "最低限价"
    then = {
        AtCeiling.CLOSE: f"首个报到{bound}的竞买人竞得",
        AtCeiling.CONTEST: f"转为竞{terms.ceiling.second.name}" if terms.ceiling.second else "",
        AtCeiling.DRAW: f"在愿以{bound}成交的竞买人中摇号",
    }[terms.ceiling.rule]
    return f"{bound} {terms.ceiling.amount}，达到后{then}。"


def priority(terms: FormatTerms) -> str:
    """优先购买权的行使方式, in one sentence; empty where nobody holds one."""
    if terms.priority is None:
        return ""
    if terms.priority.mode is PriorityMode.IN_ROOM:
        return "优先购买权人可以相同价格应价，其他竞买人可以继续报价。"
    end = "，均已答复的询问即告结束" if terms.priority.ends_when_answered else ""
    return f"竞价结束后询问优先购买权人是否以相同价格受让{end}。"


def sentences(terms: FormatTerms) -> tuple[str, ...]:
    """竞价规则, one sentence each, the extension first."""
    return tuple(one for one in (extension(terms), entry(terms), ceiling(terms), priority(terms)) if one)


def way(format: Format, terms: FormatTerms) -> tuple[RoomPhase, ...]:
    """竞价阶段 that this room may come through, in order."""
    phases = [RoomPhase.FREE] if terms.timing.timed_s else []
    if terms.entry is Entry.JOINED and terms.timing.timed_s:
        phases.append(RoomPhase.ASKING)
    phases.append(RoomPhase.TIMED)
    if terms.ceiling is not None and terms.ceiling.rule is AtCeiling.CONTEST:
        phases.append(RoomPhase.SECOND)
    if terms.ceiling is not None and terms.ceiling.rule is AtCeiling.DRAW:
        phases += [RoomPhase.ENTERING, RoomPhase.DRAWING]
    if format.is_sealed:
        phases.append(RoomPhase.UNSEALING)
    if terms.priority is not None and terms.priority.mode is PriorityMode.AFTER:
        phases.append(RoomPhase.PRIORITY)
    return (RoomPhase.WAITING, *phases, RoomPhase.CLOSED)


def steps(format: Format, terms: FormatTerms, phase: RoomPhase) -> tuple[tuple[str, Mark], ...]:
    """阶段进程: each phase with its name here, and whether it is done, current or coming."""
    phases = way(format, terms)
    reached = phases.index(phase) if phase in phases else len(phases) - 1
    marks: list[Mark] = [
        "done" if i < reached else "current" if i == reached else "coming" for i in range(len(phases))
    ]
    if phase is RoomPhase.CLOSED:
        marks[-1] = "done"
    return tuple((phase_name(format, terms, one), mark) for one, mark in zip(phases, marks, strict=True))


def phase_name(format: Format, terms: FormatTerms, phase: RoomPhase) -> str:
    """阶段名称 as this format calls it."""
    if phase is RoomPhase.FREE:
        return format.free
    if phase is RoomPhase.SECOND and terms.ceiling is not None and terms.ceiling.second is not None:
        return f"竞{terms.ceiling.second.name}"
    if phase is RoomPhase.TIMED and not terms.timing.timed_s:
        return "密封报价" if format.is_sealed else "竞价"
    return phase.label


def word(
    format: Format, state: AuctionState, phase: RoomPhase | None, starts_at: datetime, at: datetime
) -> tuple[str, str]:
    """状态词 of an auction, and the tag it is shown by."""
    if state is AuctionState.OPEN:
        is_free = phase is RoomPhase.FREE
        return (f"{format.free.removesuffix('期')}中", "open") if is_free else ("正在竞价", "live")
    if state is AuctionState.ANNOUNCED:
        return ("即将开始", "soon") if starts_at - at <= SOON else ("公告中", "open")
    return state.label, TAGS.get(state, "neutral")


def pledge(terms: FormatTerms, amount: Amount | None) -> tuple[str, str]:
    """限价后竞得的数量: what the winner holds or builds, by the name of the notice; empty where none was contested."""
    second = terms.ceiling.second if terms.ceiling else None
    return (second.name, str(amount)) if second and amount else ("", "")


def premium_name(terms: FormatTerms) -> str:
    """溢价率 of a sale, 节资率 of a purchase."""
    return "溢价率" if terms.direction is Direction.UP else "节资率"


def premium(terms: FormatTerms, price: Amount) -> Rate:
    """溢价率 against the start price; in a reverse contest what was saved, positive too."""
    gained = terms.direction.sign * (price.units - terms.start.units)
    return Rate.of(Money(gained), Money(terms.start.units))
