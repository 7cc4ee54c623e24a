"""标段的结果 for tests of figures: an award that has been passed on."""

from ggzy.foundation.journal import services as journal
from ggzy.kernel.money import Money
from ggzy.oversight.cases import followers
from ggzy.trading.contracting.events import AwardMade
from ggzy.trading.tendering.values import Bidder, Price
from tests.services.alerts.stage import told
from tests.world import World


def pass_on() -> None:
    while journal.follow("cases", followers.FOLLOWERS):
        pass


def awarded(world: World) -> None:
    lot, firm = world.lot(), world.bidders[0]
    winner, price = Bidder(firm.organisation, firm.organisation_name), Money.yuan(3_984_000)
    told(
        lot,
        AwardMade(
            lot=lot,
            round=1,
            rank=1,
            winner=winner,
            price=Price("amount", price, text="3984000"),
            passed=(),
            notice="",
        ),
    )
    pass_on()
