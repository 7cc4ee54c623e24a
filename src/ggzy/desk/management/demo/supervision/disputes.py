"""投诉和来件的往事: complaints decided, calls and letters answered, one tip that waits."""

from datetime import datetime, timedelta

from ggzy.desk.management.rehearsal.cast import REGION, Cast, Organisation
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import services
from ggzy.oversight.cases.values.complaints import Category, Channel, NewComplaint, NewPetition

DAY = timedelta(days=1)
TIP = (
    "江州市政圈里都知道，长虹、安泰、恒通三家每次都约好一起报名，轮着中标。"
    "这次育才路二期已经定了是长虹，另外两家的报价是照着做高的。请查一查。"
)
ASKED = "投标保证金必须从基本账户转出吗？用保函可以吗？"
ANSWERED = "投标保证金应当从投标人的基本账户转出；也可以提交电子保函，与现金保证金效力相同。"


class Disputes:
    """投诉、来件, as their desks handle them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def complain(self, by: Organisation, new: NewComplaint, at: datetime) -> str:
        """投诉, accepted the day after. Its code."""
        with at_moment(at):
            filed = services.file_complaint(self.cast.act(by), new, at=at)
        code = filed.subject.split("/")[1]
        accepted = at + DAY
        with at_moment(accepted):
            services.accept_complaint(self.cast.act(self.cast.supervisor), code, at=accepted)
        return code

    def reject(self, code: str, at: datetime) -> None:
        """驳回."""
        self._decide(code, "rejected", 5, "经查，评分与招标文件的标准一致，投诉缺乏事实根据，驳回投诉。", at)

    def uphold(self, code: str, at: datetime) -> None:
        """属实."""
        text = "经查，投标保证金逾期退还属实，责令支付银行同期存款利息，对代理机构的违法行为另案处理。"
        self._decide(code, "upheld", 3, text, at)

    def _decide(self, code: str, outcome: str, number: int, text: str, at: datetime) -> None:
        with at_moment(at):
            actor, document = self.cast.act(self.cast.supervisor), f"江建投处〔{at.year}〕{number}号"
            services.decide_complaint(actor, code, outcome, document, text, at=at)

    def ask(self, at: datetime) -> None:
        """热线咨询, taken down by the centre and answered."""
        new = NewPetition(Category.CONSULT, Channel.HOTLINE, ASKED, REGION)
        with at_moment(at):
            key = services.key_for(self.cast.request())
            taken = services.record_petition(self.cast.act(self.cast.centre), new, key, at=at)
        with at_moment(at + DAY):
            actor = self.cast.act(self.cast.supervisor)
            services.answer_petition(actor, taken.subject.split("/")[1], ANSWERED, at=at + DAY)

    def tip(self, lot: LotCode, at: datetime) -> None:
        """匿名举报: neither a name nor an address is kept."""
        new = NewPetition(Category.REPORT, Channel.WEB, TIP, REGION, lot=lot)
        with at_moment(at):
            services.file_petition(self.cast.platform(), new, services.key_for(self.cast.request()), at=at)


def about_result(lot: LotCode, at: datetime) -> NewComplaint:
    """对评标结果的投诉, after the objection was answered."""
    return NewComplaint(
        lot=lot,
        matter="result",
        respondent="招标人和评标委员会",
        known_on=local_date(at) - DAY,
        text="对评标结果的异议答复没有说明评分依据，第一中标候选人技术得分与其业绩不符。",
        request="请核查评标委员会的评分。",
    )


def about_refund(lot: LotCode, agency: Organisation, at: datetime) -> NewComplaint:
    """对逾期退还保证金的投诉."""
    return NewComplaint(
        lot=lot,
        matter="other",
        respondent=agency.name,
        known_on=local_date(at),
        text="合同签订后十九日才退还投标保证金，没有支付银行同期存款利息。",
        request="请查处逾期退还投标保证金的行为，责令支付利息。",
    )
