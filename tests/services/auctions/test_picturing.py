"""标的图片: it works · what is refused · who may not · what is recorded · who reads it when."""

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.digest import digest
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import queries, rules, services
from ggzy.trading.auctions.values.pictures import Shape
from tests.services.auctions.drawn import PDF, exif, jpeg, png
from tests.services.auctions.stage import DAY, NOW, OPENS, agrees, announced, land, refused, terms
from tests.world import World, clock

ALT = "宗地平面图，北至望江路"


def add(world: World, lot, data: bytes = b"", name: str = "平面图.png", player=None, at=NOW, alt: str = ALT):
    with clock(at):
        kept = services.keep_picture(world.owner.organisation, name, data or png(), alt)
        return services.add_picture((player or world.agency).acts(), lot, kept, at=at)


def told(lot, kind: str) -> list:
    return [fact.event for fact in journal.facts(prefix=f"lot/{lot}", kinds=[kind])]


def test_a_photograph_is_cleaned_kept_small_and_recorded_by_its_digest(world: World):
    lot = land(world)
    add(world, lot, jpeg((0xE1, exif(6))), "现状.jpg")
    (fact,), (shown,) = told(lot, "picture.added"), queries.pictures(lot)
    bare = jpeg((0xE1, exif(6, place=b"")))
    assert fact.picture == shown and (shown.digest, shown.bytes) == (digest(bare), len(bare))
    assert (shown.alt, shown.shape) == (ALT, Shape(6, 8))
    with vault.open_file(shown.thumb) as thumb:
        head = thumb.read(24)
    assert (
        head.startswith(b"\x89PNG") and head[16:20] == (480).to_bytes(4) and head[20:24] == (640).to_bytes(4)
    )


def test_pictures_are_public_with_the_notice_and_can_be_added_until_the_room(world: World):
    lot = land(world)
    add(world, lot)
    (first,) = queries.pictures(lot)
    assert vault.may_read(world.agency.acts(), first.digest, NOW)
    assert not vault.may_read(None, first.digest, NOW)
    with clock(NOW):
        services.announce(world.agency.acts(), lot, terms(world), at=NOW)
    assert vault.may_read(None, first.digest, NOW) and vault.may_read(None, first.thumb, NOW)
    add(world, lot, PDF, "规划.pdf", at=NOW + DAY)
    plan = queries.pictures(lot)[1]
    assert (plan.thumb, plan.shape) == ("", None) and vault.may_read(None, plan.digest, NOW + DAY)
    assert agrees(lot) and rules.fold(journal.facts(prefix=f"lot/{lot}"))["pictures"] == sorted(
        [first.digest, plan.digest]
    )
    with clock(NOW + DAY):
        assert refused(services.remove_picture, world.agency.acts(), lot, first.digest, at=NOW + DAY) == [
            "published"
        ]
    with clock(OPENS):
        services.take(lot) if queries.room(lot) else services.prepare_room(world.system(), lot)
    assert refused(add, world, lot, png(shade=9), at=OPENS) == ["started"]


def test_one_is_taken_back_before_the_notice(world: World):
    lot = land(world)
    add(world, lot)
    (shown,) = queries.pictures(lot)
    assert refused(add, world, lot) == ["picture_same"]
    with clock(NOW):
        services.remove_picture(world.agency.acts(), lot, shown.digest, at=NOW)
    assert queries.pictures(lot) == () and told(lot, "picture.removed")[0].digest == shown.digest
    assert "pictures" not in rules.fold(journal.facts(prefix=f"lot/{lot}"))


@pytest.mark.parametrize(
    ("data", "name", "codes"),
    [
        (b"<svg/>", "图.png", ["picture_broken"]),
        (png(), "图.jpg", ["kind_differs"]),
        (jpeg().replace(b"\xff\xc4", b"\xff\xc8"), "图.jpg", ["picture_broken"]),
    ],
)
def test_what_is_no_picture_leaves_nothing(world: World, data, name, codes):
    lot = land(world)
    with pytest.raises(Refused) as caught:
        add(world, lot, data, name)
    assert [reason.code for reason in caught.value.reasons] == codes
    assert told(lot, "picture.added") == []


@pytest.mark.parametrize(("who", "error"), [("other_owner", Missing), ("operator", Forbidden)])
def test_only_the_owner_s_side_shows_the_object(world: World, who, error):
    lot = announced(world)
    with pytest.raises(error):
        add(world, lot, player=getattr(world, who))
