"""页面的位置: the lot an address names, the way back to it, and who may open the page."""

from ggzy.foundation.ui.pages import Request, signed_in
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.trading.evaluation import access
from ggzy.trading.evaluation.queries.table import Table
from ggzy.trading.evaluation.values import EvaluationState, MemberFacts, MemberState
from ggzy.trading.projects.values import LotFacts


def code_of(text: str) -> LotCode:
    """Raises Missing for anything that is no lot code."""
    try:
        return LotCode.parse(text)
    except ValueError:
        raise Missing() from None


def owner_page(request: Request, code: str) -> tuple[Actor, LotFacts]:
    """招标人一方的页面. Raises Missing for anybody else."""
    actor = signed_in(request)
    return actor, access.lot_of_owner(actor, code_of(code))


def draw_page(request: Request, code: str) -> tuple[Actor, LotFacts]:
    """抽取的页面: the owner's side, the centre, the supervisor, and bidders of the lot."""
    actor = signed_in(request)
    return actor, access.lot_to_draw(actor, code_of(code))


def member_page(request: Request, code: str) -> tuple[Actor, LotFacts, MemberFacts]:
    """评委的页面. Raises Missing for anybody else."""
    actor = signed_in(request)
    lot, seat = access.member_page(actor, code_of(code))
    return actor, lot, seat


def must_be_seated(seat: MemberFacts) -> None:
    """Raises Missing before the member has signed in."""
    if seat.state is not MemberState.SEATED:
        raise Missing("签到之后方可查看投标文件")


def is_open(table: Table) -> bool:
    """Whether the committee has begun: nobody reads before everybody is there."""
    return table.sitting.state is not EvaluationState.CONVENING


def crumbs(lot: LotFacts, here: str, *between: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back."""
    return [("待办", "/desk/"), (lot.title, f"/desk/lots/{lot.code}/"), *between, (here, "")]


def base(lot: LotFacts) -> str:
    """The address of the lot on the desk."""
    return f"/desk/lots/{lot.code}"
