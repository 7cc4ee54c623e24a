"""市场禁入的关口: whether a ban reaches a door, and the words in which the door says so."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.verdict import Reason, Verdict
from ggzy.registers.credit.values import PASSES, Ban, Scope


def holds(
    ban: Ban,
    at: datetime,
    *,
    must_tender: bool = True,
    region: RegionCode | None = None,
    is_procurement: bool = True,
    as_agency: bool | None = None,
) -> bool:
    """禁入是否有效: start <= at < the end of its last day, not lifted, within its scope and region.

    What is not said counts against the party.
    """
    return (
        at in ban.period
        and (ban.lifted_at is None or at < ban.lifted_at)
        and (region is None or ban.region.contains(region))
        and _reaches(ban.scope, must_tender, is_procurement, as_agency)
    )


def _reaches(scope: Scope, must_tender: bool, is_procurement: bool, as_agency: bool | None) -> bool:
    """An agency is barred from acting, a bidder from competing; a ban from everything is both."""
    match scope:
        case Scope.ALL:
            return True
        case Scope.AGENCY:
            return as_agency is not False and (must_tender or is_procurement)
        case Scope.COMPULSORY:
            return must_tender and not as_agency
        case Scope.PROCUREMENT:
            return is_procurement and not as_agency


def barred(bans: Iterable[Ban], remedy: str = PASSES) -> Verdict:
    """市场禁入核查: one reason for every party under a ban, with the entry and its law."""
    return Verdict(
        tuple(Reason("banned", f"{ban.name}{ban.reason}", ban.decision.article, remedy) for ban in bans)
    )
