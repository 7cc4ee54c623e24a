"""The authority of the cast with its seats filled: two officers, a reviewer and three heads, each another person."""

from dataclasses import dataclass, replace
from datetime import datetime

from ggzy.kernel.actor import Actor
from ggzy.oversight.cases import services
from ggzy.oversight.cases.values import Proposal
from ggzy.oversight.cases.values.deciding import PostKind
from tests.world import START, Player, World, _player

_appointments = iter(range(1, 1_000_000))


@dataclass(frozen=True)
class Authority:
    """办案机关: the supervisor of the cast is the first officer."""

    officer: Player
    second: Player
    reviewer: Player
    heads: tuple[Player, ...]

    @property
    def head(self) -> Player:
        return self.heads[0]


def staffed(world: World) -> Authority:
    """Fills the seats, once a test."""
    return seated(world.supervisor)


def seated(first: Player) -> Authority:
    """The same around this supervisor."""
    where = (first.role, first.organisation, first.organisation_name)
    made = Authority(
        officer=first,
        second=_player("赵执", *where),
        reviewer=_player("钱法", *where),
        heads=tuple(_player(name, *where) for name in ("孙正", "李副", "周副")),
    )
    for player, kind in (
        (made.officer, PostKind.OFFICER),
        (made.second, PostKind.OFFICER),
        (made.reviewer, PostKind.REVIEWER),
        *((head, PostKind.HEAD) for head in made.heads),
    ):
        machine = replace(Actor.system(f"appoint-{next(_appointments)}"), person="installer")
        services.appoint(machine, player.person, first.organisation, kind, "执法证 98-001", at=START)
    return made


def decide(
    authority: Authority,
    code: str,
    document: str,
    decision: Proposal,
    *,
    at: datetime,
    grounds: tuple[str, ...] = (),
) -> None:
    """From the investigators' draft to the head's decision, each by its own person."""
    services.propose(authority.officer.acts(), code, decision, grounds, at=at)
    services.review(authority.reviewer.acts(), code, True, "事实清楚，适用法律正确", at=at)
    for head in authority.heads:
        services.voice(head.acts(), code, True, "同意", at=at)
    services.decide(authority.head.acts(), code, document, at=at)
