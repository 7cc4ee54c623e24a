"""登录、口令、证书与任职的判定."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ggzy.foundation.identity.values import BindingFacts, CertificateFacts, MembershipFacts, ProposalFacts
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role, are_incompatible
from ggzy.kernel.verdict import Reason, Verdict, judge

PASSWORD_LENGTH_MIN = 15
FREE_TRIES = 3
DELAY_MAX = timedelta(minutes=2)
ONCE_FOR = timedelta(hours=24)
FORGET_AFTER = timedelta(minutes=30)
WATCHERS = frozenset({Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR})
OFFICIALS = WATCHERS | {Role.OPERATOR}
WITHOUT_ORGANISATION = frozenset({Role.EXPERT})


@dataclass(frozen=True)
class SessionLimits:
    """会话时限: how long a session may lie idle, how long it may live, and how many there may be."""

    idle: timedelta
    absolute: timedelta
    concurrent: int


def session_limits(role: Role) -> SessionLimits:
    """会话时限. Officials hold more and are watched more closely."""
    if role in OFFICIALS:
        return SessionLimits(idle=timedelta(minutes=15), absolute=timedelta(hours=8), concurrent=1)
    return SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12), concurrent=3)


def is_live(role: Role, opened_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """会话是否有效."""
    limits = session_limits(role)
    return at - seen_at < limits.idle and at - opened_at < limits.absolute


def may_try(failures: int, last_at: datetime | None, at: datetime) -> Verdict:
    """登录尝试间隔. The delay grows and ends: a rival cannot lock anyone out before a deadline."""
    wait = wait_after(failures)
    ready = last_at is None or at >= last_at + wait
    left = math.ceil((last_at + wait - at).total_seconds()) if last_at and not ready else 0
    return judge(
        [
            (
                ready,
                Reason(
                    "too_many_tries", "登录名或口令连续输入有误，需稍候再试", remedy=f"请在 {left} 秒后再试"
                ),
            )
        ]
    )


def wait_after(failures: int) -> timedelta:
    """The pause after so many failures in a row: none for the first three, then 1 s, 2 s, 4 s … 2 min."""
    if failures < FREE_TRIES:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - FREE_TRIES, 20)), DELAY_MAX)


def may_use_password(password: str, login: str, common: Collection[str]) -> Verdict:
    """口令强度. Long and not well known; nothing else is asked, and nothing expires."""
    return judge(
        [
            (
                len(password) >= PASSWORD_LENGTH_MIN,
                Reason(
                    "password_short", f"口令不足 {PASSWORD_LENGTH_MIN} 个字符", remedy="可以用一句容易记的话"
                ),
            ),
            (password.lower() not in common, Reason("password_common", "口令过于常见", remedy="请换一个")),
            (
                not login or login.lower() not in password.lower(),
                Reason("password_login", "口令中含有登录名", remedy="请换一个"),
            ),
        ]
    )


def may_reset(actor: Actor, person: str, held: Collection[Role], reason: str) -> Verdict:
    """口令重置条件: of somebody else, and the journal says why. Whoever resets a password could use it, so the
    centre does not reset those of the people who watch it; the holder of the machine does."""
    return judge(
        [
            (
                actor.person != person,
                Reason("own_password", "本人的口令不能由本人重置", remedy="请在“本人与证书”页更改口令"),
            ),
            (
                actor.role is Role.SYSTEM or WATCHERS.isdisjoint(held),
                Reason(
                    "watcher",
                    "监督、纪检监察、审计人员的口令不由交易中心重置",
                    "管办分离",
                    "请由平台的管理人在服务器上用 reset_password 办理",
                ),
            ),
            (
                bool(reason.strip()),
                Reason("reason_missing", "请写明重置口令的原因，并说明如何核实了本人身份"),
            ),
        ]
    )


def may_set_password(is_good: bool) -> Verdict:
    """凭一次性口令设置口令. One answer for a wrong, a used and a late one."""
    reason = Reason(
        "once_wrong",
        "登录名或一次性口令不正确，或者一次性口令已经使用、已过 24 小时",
        remedy="请核对后重试，或请交易中心服务台重新发出",
    )
    return judge([(is_good, reason)])


def may_grant(
    held: Sequence[MembershipFacts], organisation: CreditCode | None, role: Role, region: RegionCode
) -> Verdict:
    """任职身份授予条件. The same person may serve two organisations, but not run and watch in one."""
    same = any((m.organisation, m.role, m.region) == (organisation, role, region) for m in held)
    clash = [m for m in held if m.organisation == organisation and are_incompatible(m.role, role)]
    named = "、".join(m.role.label for m in clash)
    return judge(
        [
            (role is not Role.SYSTEM, Reason("role_system", "“平台”不是可以授予人员的身份")),
            (
                organisation is not None or role in WITHOUT_ORGANISATION,
                Reason("organisation_missing", f"{role.label}身份须有所属单位"),
            ),
            (not same, Reason("already_granted", "该人员已有此身份")),
            (not clash, Reason("incompatible", f"与该人员在同一单位的{named}身份不相容", "管办分离")),
        ]
    )


def needs_second(actor: Actor, role: Role) -> bool:
    """须第二人同意: the centre makes nobody a watcher of the centre; the holder of the machine makes the first ones."""
    return actor.role is not Role.SYSTEM and role in WATCHERS


def may_seat(actor: Actor, role: Role) -> Verdict:
    """单独授予条件: not of those who watch."""
    return judge(
        [
            (
                not needs_second(actor, role),
                Reason(
                    "needs_second",
                    f"{role.label}身份不能由交易中心单独授予",
                    "管办分离",
                    "请提出登记，由已有的监督、纪检监察或者审计人员同意",
                ),
            )
        ]
    )


def may_propose(role: Role, is_taken: bool, organisation: CreditCode | None) -> Verdict:
    """提出监督人员登记条件."""
    return judge(
        [
            (role in WATCHERS, Reason("no_watcher", f"{role.label}身份不需要第二人同意，请直接登记")),
            (organisation is not None, Reason("organisation_missing", f"{role.label}身份须有所属单位")),
            (not is_taken, Reason("login_taken", "登录名已被使用")),
        ]
    )


def may_settle(actor: Actor, proposal: ProposalFacts, at: datetime, *, is_taken: bool) -> Verdict:
    """同意、不同意条件: another person, who watches the same region, while it stands."""
    return judge(
        [
            (not proposal.is_settled, Reason("settled", "这项登记已经办结")),
            (proposal.is_settled or at < proposal.until, Reason("expired", "这项登记提出已满七日，自动失效")),
            (actor.person != proposal.proposed_by, Reason("own_proposal", "提出人不能自己同意", "管办分离")),
            (
                actor.region.contains(proposal.seat.region),
                Reason("region", "登记的行政区划不在您的监督范围内"),
            ),
            (not is_taken, Reason("login_taken", "登录名已被使用，请交易中心重新提出")),
        ]
    )


def may_bind_alone(actor: Actor, held: Collection[Role]) -> Verdict:
    """单独绑定条件: whoever binds a certificate could sign with it, so not to those who watch the centre."""
    watches = sorted(role.label for role in WATCHERS.intersection(held))
    return judge(
        [
            (
                actor.role is Role.SYSTEM or not watches,
                Reason(
                    "needs_second",
                    f"{'、'.join(watches)}人员的数字证书不能由交易中心单独绑定",
                    "管办分离",
                    "请提出绑定，由另一名监督、纪检监察或者审计人员同意",
                ),
            )
        ]
    )


def may_settle_binding(actor: Actor, binding: BindingFacts, at: datetime) -> Verdict:
    """同意、不同意绑定条件: a third person, neither the proposer nor the holder of the account, who watches there."""
    return judge(
        [
            (not binding.is_settled, Reason("settled", "这项绑定已经办结")),
            (binding.is_settled or at < binding.until, Reason("expired", "这项绑定提出已满七日，自动失效")),
            (actor.person != binding.proposed_by, Reason("own_proposal", "提出人不能自己同意", "管办分离")),
            (actor.person != binding.person, Reason("own_account", "本人账户的绑定由另一名监督人员同意")),
            (actor.region.contains(binding.region), Reason("region", "此人的行政区划不在您的监督范围内")),
        ]
    )


def may_bind(
    certificate: CertificateFacts,
    held: Sequence[MembershipFacts],
    bound_to: str | None,
    person: str,
    at: datetime,
) -> Verdict:
    """证书绑定条件. A certificate speaks for an organisation, so its holder must serve that organisation."""
    serves = {m.organisation for m in held}
    return judge(
        [
            (at >= certificate.valid_from, Reason("not_yet_valid", "证书尚未生效")),
            (at < certificate.valid_to, Reason("expired", "证书已过有效期", remedy="请先向发证机构续期")),
            (
                certificate.organisation is None or certificate.organisation in serves,
                Reason("organisation_differs", "证书所载统一社会信用代码不是该人员所在单位的代码"),
            ),
            (bound_to in (None, person), Reason("bound_elsewhere", "证书已绑定在其他人员名下")),
            (bound_to != person, Reason("already_bound", "证书已绑定")),
        ]
    )
