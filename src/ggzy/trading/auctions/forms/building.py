"""竞价条件: from the cleaned form to the terms, and from the terms back to what a form shows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from ggzy.kernel.instants import BEIJING, Period
from ggzy.kernel.money import Rate
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.formats import descending
from ggzy.trading.auctions.forms.announcing import AnnounceForm
from ggzy.trading.auctions.values import (
    POINT,
    Amount,
    AtCeiling,
    AuctionTerms,
    Ceiling,
    Direction,
    Document,
    Entry,
    Fall,
    FormatTerms,
    Measure,
    Payment,
    PriorityMode,
    PriorityTerms,
    SecondContest,
    Steps,
    TieRule,
    Ties,
    Timing,
    WeightedItem,
)

RESUME_S = 300
ONE = Decimal(1)


def terms(form: AnnounceForm, documents: tuple[Document, ...], reserve: str = "") -> AuctionTerms:
    """公告条件. `reserve` is a commitment made before; a reserve typed now makes its own."""
    data = form.cleaned_data
    return AuctionTerms(
        format=_contest(form, data, reserve or commitment(data)),
        apply_from=data["apply_from"],
        apply_until=data["apply_until"],
        deposit=data["deposit"],
        deposit_by_credit=data["deposit_by_credit"],
        deposit_until=data["deposit_until"],
        documents=documents,
        payment=Payment(first=data["first"], first_days=data["first_days"], all_days=data["all_days"]),
        contract_days=data["contract_days"],
        viewings=data["viewings"],
        appraisal=data.get("appraisal"),
        conditions=data["conditions"].strip(),
        commission=data.get("commission") or Rate(0),
        is_immovable=data.get("is_immovable") == "yes",
        contact=data["contact"].strip(),
        materials=data["materials"],
    )


def commitment(data: Mapping[str, Any]) -> str:
    """保留价承诺 of what was typed; empty where no reserve was set."""
    reserve = data.get("reserve")
    return rules.reserve_commitment(reserve, data["reserve_salt"]) if reserve else ""


def _contest(form: AnnounceForm, data: Mapping[str, Any], reserve: str) -> FormatTerms:
    draft = FormatTerms(
        start=data["start"],
        steps=_steps(data),
        timing=_timing(data),
        direction=form.direction,
        reserve=reserve,
        ceiling=_ceiling(data),
        entry=Entry(data.get("entry") or Entry.ANYONE),
        has_proxies=data.get("proxies") == "yes",
        may_raise_own=data.get("may_raise_own") == "yes",
        priority=_priority(data),
        ties=_ties(data),
        fall=_fall(data),
        items=_items(data),
        bidders_min=data["bidders_min"],
        per=data["per"].strip(),
        quantity=data["quantity"] or ONE,
    )
    return _until_floor(draft) if draft.fall else draft


def _until_floor(draft: FormatTerms) -> FormatTerms:
    """A falling price ends where it reaches its floor: nobody types that moment."""
    if draft.fall is None or draft.steps.step <= 0:
        return draft
    return replace(draft, timing=replace(draft.timing, ends_at=descending.ends_at(draft)))


def _steps(data: Mapping[str, Any]) -> Steps:
    if "least_points" in data:
        return Steps(step=int(data["least_points"] * POINT), is_exact=False)
    return Steps(
        step=data["step"].units,
        ladder=data.get("ladder", ()),
        is_exact=data.get("is_exact", "yes") == "yes",
        leap_max=data.get("leap_max"),
    )


def _timing(data: Mapping[str, Any]) -> Timing:
    return Timing(
        starts_at=data["starts_at"],
        ends_at=data.get("ends_at") or data["starts_at"],
        asking_s=data.get("asking") or 0,
        timed_s=data.get("timed") or 0,
        window_s=data.get("window") or 0,
        length_s=data.get("length") or 0,
        extensions_max=data.get("extensions_max"),
        resume_min_s=RESUME_S,
    )


def _ceiling(data: Mapping[str, Any]) -> Ceiling | None:
    amount = data.get("ceiling")
    if amount is None:
        return None
    rule = AtCeiling(data.get("at_ceiling") or AtCeiling.CLOSE)
    return Ceiling(
        amount=amount,
        rule=rule,
        second=_second(data) if rule is AtCeiling.CONTEST else None,
        entering_s=data.get("entering") or 0 if rule is AtCeiling.DRAW else 0,
    )


def _second(data: Mapping[str, Any]) -> SecondContest:
    return SecondContest(
        name=data["second_name"].strip(),
        measure=Measure(data["second_measure"] or Measure.AREA),
        start=data.get("second_start") or 0,
        step=data.get("second_step") or 0,
        timed_s=data.get("second_timed") or 0,
        cap=data.get("second_cap"),
    )


def _priority(data: Mapping[str, Any]) -> PriorityTerms | None:
    mode = data.get("priority")
    if not mode:
        return None
    is_after = PriorityMode(mode) is PriorityMode.AFTER
    asking = data.get("priority_asking") or 0
    return PriorityTerms(mode=PriorityMode(mode), asking_s=asking, ends_when_answered=is_after)


def _ties(data: Mapping[str, Any]) -> Ties:
    if "ties" not in data:
        return Ties()
    return Ties(
        rule=TieRule(data["ties"]),
        rounds_max=data.get("ties_rounds") or 1,
        round_s=data.get("ties_round") or 0,
    )


def _fall(data: Mapping[str, Any]) -> Fall | None:
    if "fall_floor" not in data:
        return None
    return Fall(interval_s=data["fall_interval"], floor=data["fall_floor"])


def _items(data: Mapping[str, Any]) -> tuple[WeightedItem, ...]:
    if "items" not in data:
        return ()
    best, start = data["price_best"].value, data["start"].value
    price = WeightedItem(code="price", name="价格", weight=data["price_weight"], base=start, best=best)
    return (price, *data["items"])


def shown(found: AuctionTerms) -> dict[str, Any]:
    """公告条件 as the fields of a form show them."""
    contest, timing = found.format, found.format.timing
    price = contest.items[0] if contest.items else None
    return {
        "start": contest.start,
        "per": contest.per,
        "quantity": "" if contest.quantity == 1 else str(contest.quantity),
        "appraisal": found.appraisal,
        "step": Amount(contest.start.measure, contest.steps.step),
        "least_points": str(Decimal(contest.steps.step) / POINT),
        "is_exact": _yes(contest.steps.is_exact),
        "leap_max": contest.steps.leap_max,
        "ladder": "\n".join(_rung(contest, at.beyond, at.step) for at in contest.steps.ladder),
        "proxies": _yes(contest.has_proxies),
        "may_raise_own": _yes(contest.may_raise_own),
        "entry": contest.entry.value,
        "asking": timing.asking_s or None,
        "timed": timing.timed_s or None,
        "window": timing.window_s,
        "length": timing.length_s,
        "extensions_max": timing.extensions_max,
        "bidders_min": contest.bidders_min,
        "starts_at": timing.starts_at,
        "ends_at": timing.ends_at,
        "price_weight": str(price.weight) if price else None,
        "price_best": Amount.of(contest.start.measure, price.best) if price else None,
        "items": "\n".join(
            f"{it.name} {it.weight} {it.base} {it.best} {it.unit}".strip() for it in contest.items[1:]
        ),
        **_shown_sale(found),
        **_shown_rules(contest),
    }


def _shown_sale(found: AuctionTerms) -> dict[str, Any]:
    return {
        "apply_from": found.apply_from,
        "apply_until": found.apply_until,
        "deposit": found.deposit,
        "deposit_by_credit": found.deposit_by_credit,
        "deposit_until": found.deposit_until,
        "first": found.payment.first,
        "first_days": found.payment.first_days,
        "all_days": found.payment.all_days,
        "contract_days": found.contract_days,
        "commission": found.commission if found.commission.value else None,
        "is_immovable": _yes(found.is_immovable),
        "conditions": found.conditions,
        "contact": found.contact,
        "materials": "\n".join(found.materials),
        "viewings": "\n".join(_period(viewing) for viewing in found.viewings),
    }


def _shown_rules(contest: FormatTerms) -> dict[str, Any]:
    ceiling, ties, fall = contest.ceiling, contest.ties, contest.fall
    second = ceiling.second if ceiling else None
    return {
        "ceiling": ceiling.amount if ceiling else None,
        "at_ceiling": ceiling.rule.value if ceiling else AtCeiling.CLOSE.value,
        "entering": ceiling.entering_s or None if ceiling else None,
        "second_name": second.name if second else "",
        "second_measure": second.measure.value if second else Measure.AREA.value,
        "second_start": _plain(second.measure, second.start) if second else "",
        "second_step": _plain(second.measure, second.step) if second else "",
        "second_cap": _plain(second.measure, second.cap) if second and second.cap else "",
        "second_timed": second.timed_s if second else None,
        "priority": contest.priority.mode.value if contest.priority else "",
        "priority_asking": (contest.priority.asking_s or None) if contest.priority else None,
        "ties": ties.rule.value,
        "ties_rounds": ties.rounds_max,
        "ties_round": ties.round_s or None,
        "fall_interval": fall.interval_s if fall else None,
        "fall_floor": fall.floor if fall else None,
    }


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _rung(contest: FormatTerms, beyond: int, step: int) -> str:
    measure = contest.start.measure
    sign = 1 if contest.direction is Direction.UP else -1
    return f"{_plain(measure, contest.start.units + sign * beyond)} {_plain(measure, step)}"


def _plain(measure: Measure, units: int) -> str:
    amount = Amount(measure, units)
    return amount.rate.percent_text() if measure is Measure.RATE else str(amount.value)


def _period(period: Period) -> str:
    start, end = period.start.astimezone(BEIJING), period.end.astimezone(BEIJING)
    return f"{_minute(start)} 至 {_minute(end)}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
