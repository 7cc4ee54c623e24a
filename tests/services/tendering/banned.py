"""受限主体的共用场景: somebody is shut out by an entry in the register."""

from datetime import date

from ggzy.registers.credit import services as credit
from ggzy.registers.credit.values import Decision, NewBan
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import clock


def ban(hall, firm):
    with clock(stage.ANNOUNCED) as at:
        decision = Decision("江州市住房和城乡建设局", "江建罚〔2026〕7号", "招标投标法 §53", date(2026, 5, 1))
        new = NewBan(firm.code, "collusion", date(2026, 5, 2), date(2027, 5, 2), decision)
        credit.ban(hall.people.supervisor.anew(), new, at=at)
