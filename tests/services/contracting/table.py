"""定标台: one lot whose committee has reported, and the steps up to the state a command begins in."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Fact, Receipt
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.contracting import queries, rules, services
from ggzy.trading.contracting.values import AwardFacts, ContractForm, Step, StepKind
from tests.flows.story import Story

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Run = Callable[[Actor], Receipt]


@dataclass
class Table:
    """The story at its report, and its moments, each lawful."""

    story: Story
    strangers: dict[str, Actor]

    def __post_init__(self) -> None:
        self.lot = self.story.lot
        self.reported = self.story.when.evaluated + HOUR
        self.publicised = self.story.when.publicity
        self.awarded = self.publicised + 4 * DAY
        self.letter = self.awarded + 2 * HOUR
        self.drafted = self.letter + 7 * DAY
        self.signed = self.drafted + DAY
        self.accepted = self.signed + 60 * DAY

    def act(self, name: str, request: str = "") -> Actor:
        """Whoever bears that name, with a form of its own or with the request named."""
        cast, walk = self.story.cast, self.story.walk
        known = {"owner": walk.owner, "agency": walk.agency, "operator": cast.centre}
        known |= {"supervisor": cast.supervisor}
        if name in ("winner", "loser"):
            rank = 1 if name == "winner" else 2
            actor = cast.act(next(one.who for one in self.story.entrants if one.script.rank == rank))
        else:
            actor = cast.act(known[name]) if name in known else self.strangers[name]
        return replace(actor, request=request or cast.request())

    @property
    def names(self) -> tuple[str, ...]:
        return ("owner", "agency", "operator", "supervisor", "winner", "loser", *self.strangers)

    def award(self) -> AwardFacts:
        found = queries.award(self.lot)
        assert found is not None, "publicised"
        return found

    def form(self, **changes: object) -> ContractForm:
        """The contract as the law wants it, written of the winner's bid."""
        runner = self.award().winner
        assert runner is not None and runner.price is not None and runner.price.amount is not None
        usual = ContractForm(
            number="YL-2025-001",
            price=runner.price,
            amount=runner.price.amount,
            security=Money(runner.price.amount.fen // 20),
            period=runner.period,
            quality=runner.quality,
            file=vault.put(b"contract", name="合同.txt", owner=self.story.walk.owner.code),
        )
        return replace(usual, **changes)  # type: ignore[arg-type]

    # Each step takes those before it.

    def to_publicity(self) -> None:
        services.publicise(self.act("agency"), self.lot, at=self.publicised)

    def to_award(self) -> None:
        self.to_publicity()
        services.award(self.act("owner"), self.lot, at=self.awarded)

    def to_letter(self) -> None:
        self.to_award()
        services.issue_letter(self.act("agency"), self.lot, at=self.letter)

    def to_draft(self) -> None:
        self.to_letter()
        services.draft(self.act("owner"), self.lot, self.form(), at=self.drafted)

    def to_signature(self) -> None:
        self.to_draft()
        services.sign(self.act("winner"), self.lot, at=self.signed)

    def to_acceptance(self) -> None:
        self.to_signature()
        step = Step(StepKind.ACCEPTANCE, "验收合格", local_date(self.accepted))
        services.perform(self.act("owner"), self.lot, step, at=self.accepted)

    # What every command is asked.

    def told(self) -> list[Fact]:
        return list(journal.facts(prefix=f"lot/{self.lot}"))

    def last(self) -> Fact:
        return self.told()[-1]

    def is_folded(self) -> bool:
        """What the facts say and what the rows say is one and the same."""
        return rules.fold(self.told()) == queries.standing(self.lot)

    def keeps_out(self, permission: Permission, run: Run, allowed: Collection[str]) -> None:
        """Nobody else does it: without the permission it is forbidden, with it the lot is not theirs."""
        head = journal.head()
        for name in self.names:
            if name in allowed:
                continue
            actor = self.act(name)
            with pytest.raises(Missing if actor.has(permission) else Forbidden):
                run(actor)
        assert journal.head() == head

    def is_safe_twice(self, name: str, run: Run, other: Run | None = None) -> None:
        """The same form twice is one act with one receipt; its number with other words is a conflict."""
        first = run(self.act(name, "form-twice"))
        head = journal.head()
        again = run(self.act(name, "form-twice"))
        assert (again.height, again.code) == (first.height, first.code)
        if other is not None:
            with pytest.raises(Conflict):
                other(self.act(name, "form-twice"))
        assert journal.head() == head
        assert self.is_folded()


def refusal(act: Callable[..., object], *args: object, at: datetime, **said: object) -> list[str]:
    """The codes of every reason, in order; a refused command leaves no fact behind."""
    head = journal.head()
    with pytest.raises(Refused) as refused:
        act(*args, at=at, **said)
    assert journal.head() == head, "a refused command recorded something"
    assert all(reason.text for reason in refused.value.reasons)
    return [reason.code for reason in refused.value.reasons]


def strangers(story: Story) -> dict[str, Actor]:
    """People who have nothing to do with the lot, each in a role that has something to do with lots."""
    at = story.when.registered
    cast = story.cast
    owner = cast.organisation("澜川市水务局", Role.OWNER, PartyRole.OWNER, at)
    agency = cast.organisation("澜川恒信招标代理有限公司", Role.AGENCY, PartyRole.AGENCY, at)
    bidder = cast.organisation("云岭路人建设有限公司", Role.BIDDER, PartyRole.BIDDER, at)
    return {
        "other owner": cast.act(owner),
        "other agency": cast.act(agency),
        "other bidder": cast.act(bidder),
        "expert": cast.expert(next(iter(cast.experts.values()))),
    }
