"""案卷跟随日志: any fact that a chapter tells brings its lot's derived rows up to date.

The offers of a room are told by no chapter: a hot room moves no list thousands of times.
"""

from ggzy.foundation.journal.values import Fact
from ggzy.trading.dossier import chapters, rules, services


def heard(fact: Fact) -> None:
    """A fact in any stream of a lot; a project on its own has no row here."""
    if fact.subject.startswith(("lot/", "draw/")):
        services.refresh(rules.lot_of(fact.subject))


FOLLOWERS = dict.fromkeys(chapters.kinds(chapters.forms()), heard)
