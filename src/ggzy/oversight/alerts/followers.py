"""预警跟随日志: every fact that moves a lot's record is looked at, with the parameters in force by then."""

from ggzy.foundation.journal.services import Batched
from ggzy.oversight.alerts import services
from ggzy.trading.dossier import queries as dossier

FOLLOWERS = Batched(
    {**dict.fromkeys(dossier.told_kinds(), services.hear), "parameter.changed": services.settle},
    services.batch,
)
