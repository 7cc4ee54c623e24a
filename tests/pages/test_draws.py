"""抽取核验 on the portal: what was published is computed again, and a slip is shown."""

from dataclasses import replace

from django.test import Client

from ggzy.kernel.roles import Role
from ggzy.service.portal import queries, rules
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier import services as dossier_services
from tests.pages.markup import faults
from tests.services.evaluation import room as stage


def drawn() -> stage.Room:
    """A lot whose committee was drawn."""
    room = stage.opened(stage.LOWEST)
    with room.clock():
        room.drawn(room.request())
    dossier_services.refresh(room.code)
    return room


def test_draw_is_recomputed_from_public_facts(db, client: Client):
    room = drawn()
    (story,) = queries.draws(room.code)
    assert story.is_right and story.turns and all(group.count for group in story.groups)
    page = client.get(f"/verify/draws/{room.code}/").content.decode()
    assert "重算结果与公布的一致" in page and faults(page) == []


def test_a_changed_leaf_is_found(db):
    room = drawn()
    told = [(fact.kind, fact.height, fact.event) for fact in dossiers.facts_of(room.code, queries.DRAWS)]
    heads = {
        height: queries.journal.entry(height).chain for kind, height, _ in told if kind == "commits.closed"
    }
    assert rules.stories(told, heads)[0].is_right
    for kind, field, value in [
        ("committee.drawn", "seed", b"\1" * 32),
        ("nonce.revealed", "nonce", b"\2" * 32),
        ("draw.committed", "root", "00" * 32),
    ]:
        spoiled = [(k, h, replace(e, **{field: value}) if k == kind else e) for k, h, e in told]
        assert not rules.stories(spoiled, heads)[0].is_right, kind


def test_expert_sees_only_what_is_to_do(db, sign_in):
    room = drawn()
    with stage.halls.clock(stage.EVALUATING):
        seat = next(number for number in room.seats() if room.member(number).role is Role.EXPERT)
        browser = sign_in(stage.halls.Person(room.member(seat), "评标专家", b"", b""))
    board = browser.get("/desk/").content.decode()
    assert "答复评标邀请" in board and faults(board) == []
    assert "签到后显示" in board and "江州一中" not in board
    sittings = browser.get("/desk/sittings/").content.decode()
    assert "答复评标邀请" in sittings and faults(sittings) == []
