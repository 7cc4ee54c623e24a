"""主体登记的规则. Registration is free and checked at once; nobody approves it (电子招标投标办法 §9)."""

import re
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.parties.events import PartyChanged, PartyRegistered
from ggzy.registers.parties.values import (
    NAME_CHARACTERS_MAX,
    Bearer,
    Holding,
    PartyFacts,
    PartyForm,
    PartyRole,
)

CONTROL = Decimal("0.5")  # 公司法 §265: half of the capital or more
ARTICLE = "公共资源交易平台管理暂行办法 第22条"
DUTIES = "招标投标法实施条例 第4条"


class Told(Protocol):
    """A fact as the journal tells it."""

    @property
    def event(self) -> object: ...


def is_complete(form: PartyForm, on: date) -> Verdict:
    """登记信息是否完整."""
    account = form.basic_account
    needs_account = PartyRole.BIDDER in form.roles
    return judge(
        [
            (len(form.name.strip()) >= 2, Reason("name_missing", "请填写主体名称，至少2个字", ARTICLE)),
            (
                len(form.name) <= NAME_CHARACTERS_MAX,
                Reason(
                    "name_long", f"主体名称有 {len(form.name)} 个字，最多 {NAME_CHARACTERS_MAX} 个字", ARTICLE
                ),
            ),
            (bool(form.roles), Reason("role_missing", "请至少选择一种身份", ARTICLE)),
            (
                bool(form.representative.strip()),
                Reason("representative_missing", "请填写法定代表人或负责人", ARTICLE),
            ),
            (bool(form.address.strip()), Reason("address_missing", "请填写住所", ARTICLE)),
            (
                bool(re.fullmatch(r"[\d+() -]{5,24}", form.phone)),
                Reason("phone_wrong", "请填写联系电话，只含数字、空格、加号和短横线", ARTICLE),
            ),
            (
                form.licence_until is None or form.licence_until >= on,
                Reason("licence_expired", "证照已过有效期", ARTICLE, "请先换发证照再登记"),
            ),
            (
                account is not None or not needs_account,
                Reason(
                    "account_missing", "投标人须登记基本账户，保证金从该账户转出", "招标投标法实施条例 第26条"
                ),
            ),
            (
                account is None or account.name == form.name,
                Reason("account_name", "基本账户的户名与主体名称不一致", "招标投标法实施条例 第26条"),
            ),
            (
                account is None or bool(re.fullmatch(r"\d{8,32}", account.number)),
                Reason("account_number", "基本账户的账号应为8至32位数字", "招标投标法实施条例 第26条"),
            ),
            (
                sum((one.share.value for one in form.holdings), Decimal(0)) <= 1,
                Reason("holdings_sum", "股东的出资比例合计超过了 100 %", ARTICLE),
            ),
            (form.is_pledged, Reason("pledge_missing", "请确认信用承诺：所填信息真实、合法、有效", ARTICLE)),
        ]
    )


def may_register(form: PartyForm, is_known: bool, on: date) -> Verdict:
    """主体登记条件: complete, and not registered already (一地注册，全区互认)."""
    known = Reason(
        "known", "该统一社会信用代码已经登记，无需重复登记", ARTICLE, "请直接登录，或者变更已有信息"
    )
    return judge([(not is_known, known)]) & is_complete(form, on)


def may_supervise(roles: Collection[PartyRole], branches: Sequence[str], known: Collection[str]) -> Verdict:
    """监督领域可否登记: of an authority only, each one the catalogue names, each once."""
    return judge(
        [
            (
                not branches or PartyRole.AUTHORITY in roles,
                Reason("branches_role", "只有行政监督部门可以登记监督领域", DUTIES),
            ),
            (
                set(branches) <= set(known) and len(set(branches)) == len(branches),
                Reason("branches_unknown", "监督领域应当是交易目录所列的监督部门，每个只写一次", DUTIES),
            ),
        ]
    )


def above(start: str, held: Mapping[str, Sequence[Holding]], share_min: Decimal = CONTROL) -> tuple[str, ...]:
    """控股方: everybody who holds at least that share of it, of whom holds it, and so on; nearest first.

    Each is met once, so that companies that hold one another in a ring come to an end.
    """
    met: dict[str, None] = {}
    waiting = deque([start])
    while waiting:
        for one in held.get(waiting.popleft(), ()):
            if one.share.value >= share_min and one.key != start and one.key not in met:
                met[one.key] = None
                waiting.append(one.key)
    return tuple(met)


def alike(facts: PartyFacts, bearers: Iterable[Bearer]) -> tuple[str, ...]:
    """法定代表人同名提示: who else bears the name. A name is not an identity: it warns, it bars nobody."""
    name = facts.representative.strip()
    lines = (
        f"法定代表人{name}与{one.words}同名{f'，{one.note}' if one.note else ''}"
        for one in bearers
        if name and one.name.strip() == name and one.organisation != facts.code
    )
    return tuple(dict.fromkeys(lines))


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """Past tense, to be equal with what the row says."""
    now: dict[str, object] = {}
    for told in facts:
        if isinstance(told.event, PartyRegistered | PartyChanged):
            now = standing_of(told.event)
    return now


def standing_of(fact: PartyRegistered | PartyChanged) -> dict[str, object]:
    """The public part, as small scalars."""
    return {
        "name": fact.name,
        "region": str(fact.region),
        "roles": ",".join(sorted(fact.roles)),
        "licence_until": fact.licence_until.isoformat() if fact.licence_until else "",
        "qualifications": len(fact.qualifications),
        "branches": ",".join(sorted(fact.branches)),
    }
