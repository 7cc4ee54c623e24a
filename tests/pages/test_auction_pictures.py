"""图片与平面图 on pages: uploaded, shown with words, taken back, and refused with its reason."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ggzy.trading.auctions import queries, services
from tests.pages import markup
from tests.services.auctions.drawn import PDF, exif, jpeg
from tests.services.auctions.stage import NOW, land, terms
from tests.world import World, browser, clock


def text(answer) -> str:
    return answer.content.decode()


def test_the_owner_shows_the_object_and_every_visitor_sees_it_with_words(world: World):
    lot = land(world)
    path = f"/desk/lots/{lot}/auction/pictures/"
    with clock(NOW):
        desk = browser(world.agency)
        assert "还没有图片和平面图" in text(desk.get(path))

        def send(name: str, data: bytes, alt: str):
            return desk.post(path, {"file": SimpleUploadedFile(name, data), "alt": alt})

        svg = send("图.svg", b"<svg/>", "示意图")
        assert svg.status_code == 422 and "只接受 .jpg、.jpeg、.png、.pdf 文件" in text(svg)
        silent = send("图.jpg", jpeg(), "")
        assert silent.status_code == 422 and "图片说明" in text(silent)
        assert send("现状.jpg", jpeg((0xE1, exif())), "现场东侧，杂草覆盖").status_code == 303
        assert send("规划.pdf", PDF, "规划条件附图").status_code == 303
        page = text(desk.get(path))
        assert 'alt="现场东侧，杂草覆盖"' in page and "平面图（PDF" in page and markup.faults(page) == []
        photo, plan = queries.pictures(lot)
        assert desk.post(f"{path}{plan.digest}/remove/", {}).status_code == 303
        assert queries.pictures(lot) == (photo,)
        assert Client().get(f"/files/{photo.thumb}/").status_code == 404
        services.announce(world.agency.acts(), lot, terms(world), at=NOW)
        listing = text(Client().get(f"/auctions/{lot}/"))
        assert f'src="/files/{photo.thumb}/" alt="现场东侧，杂草覆盖" width="480" height="360"' in listing
        assert markup.faults(listing) == []
        thumb = Client().get(f"/files/{photo.thumb}/")
        assert (thumb.status_code, thumb["Content-Type"]) == (200, "image/png")
        assert "/remove/" not in text(desk.get(path))
        assert browser(world.other_owner).get(path).status_code == 404
