"""排斥性表述: the supervisor sees the words underlined beside their article."""

from ggzy.oversight.alerts.models import Alert
from ggzy.trading.dossier.events import DocumentsScanned
from ggzy.trading.dossier.values.scanning import Passage, ScannedFile
from ggzy.trading.tendering.events import TenderClarified
from tests.pages.markup import faults
from tests.services.alerts.stage import told
from tests.world import World, browser


def clarified(world: World, text: str) -> list[Alert]:
    lot = world.lot()
    fact = TenderClarified(
        lot=lot, round=1, version=2, documents="", files=(), text=text, is_material=True, classification="资格要求",
        answers=(), notice="",
    )  # fmt: skip
    told(lot, fact)
    return list(Alert.objects.filter(lot=lot, indicator="F01"))


def test_phrase_is_underlined_on_the_page_of_its_alert(world: World):
    (row,) = clarified(world, "投标人须在本市设有分公司；<b>其他</b>见附件。")
    page = browser(world.supervisor).get(f"/desk/alerts/{row.code}/").content.decode()
    assert "<mark>本市设有分公司</mark>" in page and "§32(七)" in page
    assert "<b>其他" not in page and faults(page) == []


def test_prohibition_of_such_phrases_raises_nothing(world: World):
    assert clarified(world, "招标人不得要求投标人在本市设有分公司。") == []


def test_phrase_of_an_attached_file_is_underlined_beside_its_article(world: World):
    lot = world.lot()
    passage = Passage("local_presence", "本市设有分公司", "…投标人须在本市设有分公司，<i>且…")
    file = ScannedFile("sha256:" + "0" * 64, "资格要求.pdf", "", (passage,))
    told(lot, DocumentsScanned(lot=lot, round=1, files=(file,)))
    (row,) = Alert.objects.filter(lot=lot, indicator="F01")
    page = browser(world.supervisor).get(f"/desk/alerts/{row.code}/").content.decode()
    assert "招标文件：资格要求.pdf" in page and "<mark>本市设有分公司</mark>" in page and "§32(七)" in page
    assert "<i>且" not in page and faults(page) == []
