"""候选池: composition of the committee, who is left out and why, leaves, and what the lowest tickets give."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ggzy.kernel import canon, draw
from ggzy.kernel.codes import CreditCode, ExpertCode
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.evaluation.values import (
    Candidacy,
    CommitteePlan,
    Exclusion,
    ExclusionCount,
    SeatPlan,
)

MEMBERS_MIN = 5
EXPERTS_IN_THREE_MIN = 2
NO_SALT = bytes(draw.SIZE)
TIE_GROUP = "tie"


@dataclass(frozen=True)
class Leaf:
    """候选叶子. `subject` is the expert code, the coefficient's value or the bid."""

    group: str
    leaf: bytes
    salt: bytes
    subject: str
    exclusion: Exclusion | None = None


def may_compose(plan: CommitteePlan, rulebook: Rulebook) -> Verdict:
    """评标委员会组成. Basis: 招标投标法 §37."""
    limit = rulebook.get("committee.members_min")
    members_min = int(limit.value) if limit else MEMBERS_MIN
    return judge(
        [
            (
                plan.total >= members_min,
                Reason(
                    "too_few", f"评标委员会应不少于 {members_min} 人，现为 {plan.total} 人", "招标投标法 §37"
                ),
            ),
            (
                plan.total % 2 == 1,
                Reason("even", f"评标委员会成员应为单数，现为 {plan.total} 人", "招标投标法 §37"),
            ),
            (
                plan.experts * 3 >= plan.total * EXPERTS_IN_THREE_MIN,
                Reason(
                    "too_many_owners",
                    f"专家不得少于成员总数的三分之二：{plan.total} 人中招标人代表至多 {plan.total // 3} 人",
                    "招标投标法 §37",
                ),
            ),
            (
                all(seat.count > 0 for seat in plan.seats) and plan.owner_seats >= 0,
                Reason("seat_count", "每个专业的抽取人数应大于零"),
            ),
            (
                len({seat.specialty for seat in plan.seats}) == len(plan.seats),
                Reason("specialty_twice", "同一专业只需填写一次"),
            ),
        ]
    )


def is_pool_enough(wanted: tuple[SeatPlan, ...], eligible: dict[str, int]) -> Verdict:
    """候选池规模: at least the seats, else widen the region or the specialty."""
    return judge(
        [
            (
                eligible.get(seat.specialty, 0) >= seat.count,
                Reason(
                    "pool_small",
                    f"专业 {seat.specialty} 需 {seat.count} 人，符合条件的专家 {eligible.get(seat.specialty, 0)} 人",
                    remedy="请扩大抽取区域，或改用上一级专业",
                ),
            )
            for seat in wanted
        ]
    )  # fmt: skip


def is_pool_left(wanted: dict[str, int], pool: Sequence[Leaf]) -> Verdict:
    """候选池余量, for a replacement: where it is used up the draw is abandoned and asked for again."""
    left = [leaf.group for leaf in pool]
    return judge(
        [
            (
                left.count(group) >= seats,
                Reason(
                    "pool_used_up",
                    f"专业 {group} 还需 {seats} 人，候选池只剩 {left.count(group)} 人",
                    remedy="请中止本次抽取，扩大区域后重新申请",
                ),
            )
            for group, seats in wanted.items()
        ]
    )


def inaptitude(
    is_eligible: bool, registered_at: datetime, at: datetime, rulebook: Rulebook
) -> Exclusion | None:
    """资格: not in service, or so new to the library that somebody may have been added for this draw."""
    limit = rulebook.get("committee.library_days_min")
    if not is_eligible:
        return Exclusion.INACTIVE
    if limit and at - registered_at < timedelta(days=int(limit.value)):
        return Exclusion.TOO_NEW
    return None


def excluded_for(
    candidate: Candidacy,
    owner: frozenset[str],
    agency: frozenset[str],
    bidders: frozenset[str],
    busy: frozenset[ExpertCode],
    called_before: frozenset[ExpertCode],
) -> Exclusion | None:
    """回避与资格: the first reason against this expert, in the order the rules name them.

    Employers are compared by credit code and by name. Basis: 招标投标法 §37, 实施条例 §46.
    """
    employer = _plain(candidate.employer)
    checks = (
        (candidate.exclusion is not None, candidate.exclusion),
        (employer in owner, Exclusion.EMPLOYER_OWNER),
        (employer in agency, Exclusion.EMPLOYER_AGENCY),
        (employer in bidders, Exclusion.EMPLOYER_BIDDER),
        (candidate.expert in busy, Exclusion.BUSY),
        (candidate.expert in called_before, Exclusion.CALLED_BEFORE),
    )
    return next((reason for holds, reason in checks if holds), None)


def employers(codes: Iterable[CreditCode | None], names: Iterable[str]) -> frozenset[str]:
    """单位的两种写法: credit codes and names, spaces apart."""
    return frozenset([str(code) for code in codes if code] + [_plain(name) for name in names if name])


def expert_leaf(candidate: Candidacy, salt: bytes) -> Leaf:
    """专家叶子: salted, so that it may be published. An excluded one carries its reason."""
    fields = {
        "id": str(candidate.expert),
        "specialty": candidate.specialty,
        "employer": candidate.employer,
        "region": str(candidate.region),
    }
    if candidate.exclusion:
        fields["excluded"] = candidate.exclusion.value
    leaf = draw.leaf(salt, canon.dumps(fields))
    return Leaf(candidate.specialty, leaf, salt, str(candidate.expert), candidate.exclusion)


def value_leaf(name: str, value: Decimal) -> Leaf:
    """系数叶子: values are public, so the salt is thirty-two zero bytes."""
    text = format(value, "f")
    payload = canon.dumps({"name": name, "value": text})
    return Leaf(name, draw.leaf(NO_SALT, payload), NO_SALT, text)


def bid_leaf(bid: str) -> Leaf:
    """并列投标叶子, with a zero salt: the bids are public."""
    return Leaf(TIE_GROUP, draw.leaf(NO_SALT, canon.dumps({"bid": bid})), NO_SALT, bid)


def exclusion_counts(leaves: Iterable[Leaf]) -> tuple[ExclusionCount, ...]:
    """回避人数, by reason in the order of the list of reasons."""
    reasons = [leaf.exclusion for leaf in leaves if leaf.exclusion]
    return tuple(
        ExclusionCount(reason=reason, count=reasons.count(reason))
        for reason in Exclusion
        if reason in reasons
    )


def drawn(pool: Sequence[Leaf], wanted: dict[str, int], seed: bytes) -> tuple[Leaf, ...]:
    """抽取结果: the lowest tickets of each group, lowest first, groups in the order wanted."""
    chosen: list[Leaf] = []
    for group, seats in wanted.items():
        by_leaf = {leaf.leaf: leaf for leaf in pool if leaf.group == group}
        chosen += [by_leaf[hash_] for hash_ in draw.draw(tuple(by_leaf), seats, seed)]
    return tuple(chosen)


def seat_specialties(plan: CommitteePlan) -> dict[int, str]:
    """席位与专业: seats run from 1 through the specialties in their order; the owner's come last, as ""."""
    names = [seat.specialty for seat in plan.seats for _ in range(seat.count)] + [""] * plan.owner_seats
    return dict(enumerate(names, 1))


def vacant_seats(plan: CommitteePlan, taken: Collection[int]) -> dict[str, tuple[int, ...]]:
    """空缺席位, by specialty; the owner's under ""."""
    vacant: dict[str, tuple[int, ...]] = {}
    for seat, specialty in seat_specialties(plan).items():
        if seat not in taken:
            vacant[specialty] = (*vacant.get(specialty, ()), seat)
    return vacant


def to_draw(plan: CommitteePlan, taken: Collection[int]) -> tuple[SeatPlan, ...]:
    """待抽取的专家席位."""
    return tuple(
        SeatPlan(specialty=specialty, count=len(seats))
        for specialty, seats in vacant_seats(plan, taken).items()
        if specialty
    )


def _plain(name: str) -> str:
    return "".join(name.split())
