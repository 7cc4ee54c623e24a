"""An alert to work with: the second candidate wins and nobody says why (P09)."""

from django.db import transaction

from ggzy.foundation.journal import services as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.oversight.alerts import services
from ggzy.oversight.alerts.models import Alert
from ggzy.oversight.alerts.services import watching
from ggzy.trading.contracting.events import AwardMade
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.tendering.values import Bidder
from tests.world import START, World


def told(lot: LotCode, *facts: object) -> None:
    """Writes facts of a lot and passes everything on to the models."""
    with transaction.atomic():
        for fact in facts:
            journal.record(fact, actor=Actor.system("told"), at=START)
    passed_on(lot)


def passed_on(lot: LotCode) -> None:
    """Passes every fact of the lot to a process that has just begun."""
    watching.WATCHER = watching.Watcher()
    for fact in dossier.facts_of(lot, dossier.told_kinds()):
        services.hear(fact)
    dossiers.refresh(lot)


def second_wins(world: World, *, bidder: int = 0, lot: LotCode | None = None) -> Alert:
    """预警 P09 about a lot of the world, with the winner as its party."""
    lot = lot or world.lot()
    firm = world.bidders[bidder]
    winner = Bidder(firm.organisation, firm.organisation_name)
    told(lot, AwardMade(lot=lot, round=1, rank=2, winner=winner, price=None, passed=(), notice=""))
    return Alert.objects.get(lot=lot, indicator="P09")
