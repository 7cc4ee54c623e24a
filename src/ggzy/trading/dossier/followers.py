"""案卷跟随日志: any fact of a lot brings its derived rows up to date."""

from ggzy.foundation.journal.values import Fact
from ggzy.trading.dossier import chapters, rules, services


def heard(fact: Fact) -> None:
    """A fact in any stream of a lot; a project on its own has no row here."""
    if fact.subject.startswith(("lot/", "draw/")):
        services.refresh(rules.lot_of(fact.subject))


FOLLOWERS = dict.fromkeys(chapters.kinds(chapters.forms()), heard)
