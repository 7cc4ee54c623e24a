"""标段的答复: what may be done with a lot, before it is registered and after."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Verdict
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Classification, Entry, Subject
from ggzy.registers.credit import queries as credit
from ggzy.trading.projects import rules
from ggzy.trading.projects.models import Lot
from ggzy.trading.projects.queries.lots import as_facts, lot, lots
from ggzy.trading.projects.values import (
    Answer,
    BrakeVerdicts,
    Effect,
    Guess,
    LotFacts,
    Nature,
    NewLot,
    Order,
    OrderKind,
    ProjectFacts,
    Words,
)

DATA = Path(__file__).parents[1] / "data"
ANEW = ("retender", "invalidate")
SIMILAR_SINCE = timedelta(days=180)


def similar(owner: CreditCode, nature: str, category: str, since: datetime) -> tuple[LotFacts, ...]:
    """相近标段: what the same owner registered lately of the same kind, for the hint on splitting."""
    rows = Lot.objects.filter(owner=owner, nature=nature, category=category, registered_at__gte=since)
    return as_facts(rows.filter(terminated_at__isnull=True).order_by("-registered_at")[:20])


def guess(text: str) -> Guess:
    """按采购内容推测交易分类和性质. A suggestion: the person who registers decides."""
    nature = rules.suggested(text, _words("nature")) or Nature.WORKS
    return Guess(rules.suggested(text, _words("category")), Nature(nature))


def answer(new: NewLot, found_project: ProjectFacts, at: datetime) -> Answer:
    """登记前的答复: what the catalogue says about a lot before anybody registers it."""
    on = local_date(at)
    found = catalog.classify(subject(new, found_project), on)
    outside = found.kind is Entry.OUTSIDE or not found.rulebook
    rulebook = None if outside else catalog.rulebook(found.rulebook, found_project.region, on)
    least, most = rules.deposit_bounds(rulebook, new.estimate) if rulebook else (None, None)
    lately = similar(found_project.owner, new.nature, found.category, at - SIMILAR_SINCE)
    return Answer(
        new=new,
        found=found,
        milestones=rules.milestones(rulebook, catalog.calendar(), on) if rulebook else (),
        limits=rulebook.limits if rulebook else (),
        deposit_min=least,
        deposit_max=most,
        hint=rules.splitting_hint(new, lately, found.threshold.fen if found.threshold else None),
        verdict=judge(new, found_project, found, on),
    )


def judge(new: NewLot, found_project: ProjectFacts, found: Classification, on: date) -> Verdict:
    """能否登记: the form, the catalogue, and what the category asks to be described."""
    verdict = rules.may_register(new, found_project, found, is_scored=catalog.is_scored(new.method))
    if not found.rulebook:
        return verdict
    return verdict & catalog.judge_particulars(found.category, new.particulars, found_project.region, on)


def subject(new: NewLot, found_project: ProjectFacts) -> Subject:
    """目录判定的对象: what the catalogue is asked about a lot of this project."""
    others = lots(project=found_project.code, nature=new.nature)
    return Subject(
        category=new.deal_category,
        nature=new.nature,
        estimate=new.estimate,
        region=found_project.region,
        funding=catalog.funding_kind(found_project.funding),
        together=tuple(other.estimate for other in others),
    )


def effects(code: LotCode | str) -> tuple[Effect, ...]:
    """暂停的影响, to be shown before the brake is confirmed."""
    return rules.effects(lot(code))


def braking(found: LotFacts, at: datetime) -> BrakeVerdicts:
    """刹车可否, judged with an order that lacks nothing."""
    order = Order("—", "—", "—", local_date(at) + timedelta(days=1))
    return BrakeVerdicts(
        suspend=rules.may_suspend(found, order, at),
        resume=rules.may_resume(found, order),
        terminate=rules.may_terminate(found, order, by_owner=False),
    )


def is_past_long_stop(found: LotFacts, at: datetime) -> bool:
    """久停不决: suspended longer than the lot's rulebook tolerates."""
    limit = found.rulebook.get("lot.suspension_days_max")
    return rules.is_past_long_stop(found, at, int(limit.value) if limit else None)


def offers(actor: Actor, code: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项: the owner's side may end a lot before the award."""
    if actor.role not in (Role.OWNER, Role.AGENCY):
        return ()
    order = Order("招标人", "—", "—")
    found = lot(code)
    verdict = rules.may_terminate(found, order, by_owner=True)
    label = "终止招标" if catalog.is_scored(found.method) else "终止交易"
    return (Offer(label, f"/desk/lots/{code}/terminate/", verdict, is_final=True),)


def gate(lot: LotFacts, codes: Iterable[CreditCode | None], at: datetime, **said: Any) -> Verdict:
    """市场禁入关口 of this lot: may these parties pass? Every reason names the entry and its law."""
    where: dict[str, Any] = {"region": lot.region, "category": lot.category, "must_tender": lot.must_tender}
    return credit.gate(tuple(codes), at, **where, **said)


@cache
def order_kinds() -> Mapping[str, OrderKind]:
    """责令的种类, in the order of the file."""
    text = (DATA / "orders.toml").read_text(encoding="utf-8")
    return {
        code: OrderKind(code, row["name"], row["demands"], row["article"], tuple(row["forbids"]))
        for code, row in tomllib.loads(text).items()
    }


def is_ordered_anew(lot: LotFacts) -> bool:
    """本轮是否已被责令重新招标: ordered so, or a step of it was found void (实施条例 §81)."""
    return any(one.kind in ANEW and one.round == lot.round for one in lot.orders)


@cache
def _words(kind: str) -> tuple[Words, ...]:
    table = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
    return tuple(Words(entry["code"], tuple(entry["words"])) for entry in table[kind])
