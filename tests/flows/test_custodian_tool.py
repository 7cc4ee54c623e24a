"""保管人工具: one run of the holder's own program serves a tender and an auction, through the platform's doors."""

from dataclasses import dataclass
from pathlib import Path

from django.test import Client

import custodian.__main__ as program
from custodian.holder import Holder as Tool
from custodian.platform import Platform, PlatformAway
from ggzy.desk import queries as desk
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services as journal_services
from ggzy.foundation.sealing import suites
from ggzy.kernel.codes import LotCode
from ggzy.kernel.money import Money
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.auctions import services as auctioning
from ggzy.trading.auctions.values import AuctionState
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.tendering import services as tendering
from tests.services.auctions import sealed, stage
from tests.services.tendering import hall as halls
from tests.world import Player, World, clock

OVER = halls.DEADLINE + stage.MINUTE


@dataclass(frozen=True)
class Wire(Platform):
    """The holder's program, its requests carried to the platform of this very process."""

    def send(self, method: str, path: str, body: bytes, header: str) -> bytes:
        answer = Client().generic(
            method, path, body, content_type="application/json", headers={"Authorization": header}
        )
        if answer.status_code != 200:
            raise PlatformAway(f"平台未受理（{answer.status_code}）：{answer.content.decode()}")
        return answer.content


def person(player: Player) -> halls.Person:
    return halls.Person(
        player.acts(), player.name, player.certificate, suites.private_from_pem(player.key or b"")
    )


def cast(world: World, keepers: list[Player]) -> halls.Cast:
    """The standing cast, as the tender's stage calls it."""
    firms = [person(stage.certified(bidder)) for bidder in world.bidders[:3]]
    owner, agency, operator, supervisor = (
        halls.Person(one.acts(), one.name, b"", b"")
        for one in (world.owner, world.agency, world.operator, world.supervisor)
    )
    return halls.Cast(owner, agency, operator, supervisor, tuple(map(person, keepers)), tuple(firms))


def tender(world: World, people: halls.Cast) -> halls.Hall:
    code = world.lot(deal_category="A01", scoring="lowest_price", estimate=Money.yuan(20_000_000))
    with clock(stage.NOW):
        tendering.prepare(world.agency.acts(), code, halls.custody_plan(people), at=stage.NOW)
    return halls.Hall(people, code, {}, {})


def sale(world: World, people: halls.Cast) -> LotCode:
    code = sealed.sealed_lot(world)
    with clock(stage.NOW):
        auctioning.name_custody(world.agency.acts(), code, halls.custody_plan(people), at=stage.NOW)
    return code


def test_one_run_of_the_tool_serves_a_tender_and_an_auction(world: World, tmp_path: Path) -> None:
    keepers = [stage.certified(player) for player in world.custodians]
    people = cast(world, keepers)
    hall, lot = tender(world, people), sale(world, people)
    tools = [
        Tool.create(tmp_path / str(x), certificate=one.certificate, identity_key=one.key)
        for x, one in enumerate(people.custodians)
    ]

    def serve(x: int, at) -> list[str]:
        tools[x].pin(journal.signer().keys().log)
        with clock(at):
            journal_services.checkpoint()
            return program.serve_once(Wire("", tools[x], lambda: at), lambda question: True)

    def owes(x: int, at) -> list[str]:
        for code in (hall.code, lot):
            dossiers.refresh(code)
        return [todo.what for todo in desk.custody_todo(keepers[x].acts(), at)]

    assert owes(0, stage.NOW) == ["提交开标公钥", "提交报价公钥"]
    made = [f"{hall.code} 第 1 轮 生成公钥：已提交", f"{lot} 第 1 轮 生成公钥：已提交"]
    assert [serve(x, stage.NOW) for x in range(3)] == [made] * 3
    assert serve(0, stage.NOW) == [] and owes(0, stage.NOW) == []

    with clock(stage.NOW):
        terms = halls.terms(people)
        tendering.announce(world.agency.acts(), hall.code, terms, at=stage.NOW)
    room = sealed.open_room(world, lot, [])
    room.offer(room.bidders[0], sealed.yuan(1))
    room.offer(room.bidders[1], sealed.yuan(2))
    for firm in people.firms:
        halls.submit(hall, firm)
    room.end()
    halls.close(hall)

    given = [
        f"{hall.code} 第 1 轮 释放份额：已释放 3 份投标文件的 6 份份额",
        f"{lot} 第 1 轮 释放份额：已释放 2 份密封报价的 2 份份额",
    ]
    assert owes(0, OVER) == ["交出开标密钥份额", "交出报价密钥份额"]
    assert serve(0, OVER) == given and owes(0, OVER) == []
    assert auctions.to_open() == () and halls.progress(hall).shares_released == (1,)
    assert serve(2, OVER) == given
    assert halls.progress(hall).shares_released == (1, 3)
    sealed.tick(OVER + stage.MINUTE)
    found = auctions.auction(lot)
    assert (found.state, found.winner) == (AuctionState.SOLD, stage.paddle(lot, room.bidders[1]))
