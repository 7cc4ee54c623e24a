"""标的图片的规则: what is cut out of a picture, what is no picture, who may add and take back."""

from dataclasses import replace

import pytest

from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions.rules import pictures as rules
from ggzy.trading.auctions.values import AuctionFacts, AuctionState
from ggzy.trading.auctions.values.pictures import Picture, Shape
from tests.rules.auctions.auction_setting import CODE
from tests.services.auctions.drawn import PDF, chunk, exif, jpeg, png

SECRET = b"N 30 16 E 120 9"
PICTURE = Picture("a.png", "sha256:" + "a" * 64, 100, "宗地平面图", "sha256:" + "b" * 64, Shape(12, 8))
FACTS = AuctionFacts(lot=CODE, round=1, state=AuctionState.DRAFTED, format="listing")


@pytest.mark.parametrize(
    ("told", "bare", "shape"),
    [
        (png(), png(), Shape(12, 8)),
        (png(extra=chunk(b"tEXt", b"Author\0" + SECRET)), png(), Shape(12, 8)),
        (png(extra=chunk(b"eXIf", SECRET) + chunk(b"iTXt", SECRET)), png(), Shape(12, 8)),
        (png() + SECRET, png(), Shape(12, 8)),
        (jpeg(), jpeg(), Shape(8, 6)),
        (jpeg((0xE1, exif())), jpeg(), Shape(8, 6)),
        (jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET), (0xFE, SECRET)), jpeg(), Shape(8, 6)),
        (jpeg((0xED, b"Photoshop 3.0\0" + SECRET), (0xE2, b"MPF\0" + SECRET)), jpeg(), Shape(8, 6)),
        (jpeg() + jpeg() + SECRET, jpeg(), Shape(8, 6)),
        (PDF, PDF, None),
    ],
)
def test_a_picture_keeps_its_pixels_and_nothing_it_tells_beside_them(told, bare, shape):
    kept, found = rules.cleaned(told)
    assert (kept, found) == (bare, shape) and SECRET not in kept


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("turned", "shape"), [(3, Shape(8, 6)), (6, Shape(6, 8)), (8, Shape(6, 8))])
def test_a_photograph_stays_the_right_way_up(order, turned, shape):
    kept, found = rules.cleaned(jpeg((0xE1, exif(turned, order=order))))
    assert found == shape and SECRET not in kept
    assert kept == jpeg((0xE1, exif(turned, place=b"")))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture_broken"),
        (b"<svg onload='alert(1)'/>", "picture_broken"),
        (b"GIF89a", "picture_broken"),
        (png()[:40], "picture_broken"),
        (png().replace(b"IDAT", b"IDAU"), "picture_broken"),
        (jpeg()[:-2], "picture_broken"),
        (jpeg()[:30], "picture_broken"),
        (b"\xff\xd8\xff\xd9", "picture_broken"),
        (png(0, 8), "picture_broken"),
        (png(6000, 4001), "picture_large"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(data, code):
    with pytest.raises(Refused) as refused:
        rules.cleaned(data)
    assert [reason.code for reason in refused.value.reasons] == [code]


OTHERS = tuple(replace(PICTURE, digest=f"sha256:{number:064}") for number in range(rules.PICTURES_MAX))


@pytest.mark.parametrize(
    ("facts", "held", "picture", "codes"),
    [
        ({}, (), {}, []),
        ({"state": AuctionState.ANNOUNCED}, OTHERS[1:], {}, []),
        ({"state": AuctionState.ANNOUNCED, "is_prepared": True}, (), {}, ["started"]),
        ({"state": AuctionState.OPEN}, (), {}, ["started"]),
        ({}, OTHERS, {}, ["pictures_max"]),
        ({}, (PICTURE,), {}, ["picture_same"]),
        ({}, (), {"alt": "  "}, ["alt"]),
        ({}, (), {"alt": "图" * 101}, ["alt"]),
    ],
)
def test_a_picture_is_added_before_the_contest_and_with_words(facts, held, picture, codes):
    verdict = rules.may_add(replace(FACTS, **facts), held, replace(PICTURE, **picture))
    assert [reason.code for reason in verdict.reasons] == codes


@pytest.mark.parametrize(
    ("facts", "held", "codes"),
    [
        ({}, (PICTURE,), []),
        ({}, (), ["no_picture"]),
        ({"state": AuctionState.ANNOUNCED}, (PICTURE,), ["published"]),
    ],
)
def test_a_picture_is_taken_back_before_the_notice_only(facts, held, codes):
    verdict = rules.may_remove(replace(FACTS, **facts), held, PICTURE.digest)
    assert [reason.code for reason in verdict.reasons] == codes
