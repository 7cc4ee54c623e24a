"""投诉和来件的表."""

from datetime import datetime

from django.db import models

from ggzy.foundation.fields import CreditCodeField, LotCodeField, RegionCodeField
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.events import restore
from ggzy.oversight.cases.rules import petitions as petition_rules
from ggzy.oversight.cases.values.complaints import (
    Category,
    Channel,
    ComplaintFacts,
    ComplaintState,
    Correction,
    NewPetition,
    PetitionFacts,
    PetitionState,
    Regime,
    Withdrawal,
)


class Complaint(models.Model):
    """投诉."""

    code = models.CharField("投诉编号", max_length=30, primary_key=True)
    lot = LotCodeField("统一交易标识码", db_index=True)
    lot_title = models.CharField("标段名称", max_length=200)
    round = models.PositiveSmallIntegerField("招标次数")
    region = RegionCodeField("行政区划", db_index=True)
    owner = CreditCodeField("招标人")
    agency = CreditCodeField("代理机构", null=True, db_index=True)
    regime = models.CharField("程序", max_length=20)
    matter = models.CharField("投诉事项", max_length=20)
    by = CreditCodeField("投诉人", db_index=True)
    by_name = models.CharField("投诉人名称", max_length=200)
    respondent = models.CharField("被投诉人", max_length=200)
    known_on = models.DateField("知道之日")
    text = models.TextField("事实和理由")
    request = models.TextField("投诉请求")
    files = models.JSONField("证明材料", default=list)
    filed_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=12, db_index=True)
    accept_by = models.DateField("最迟决定受理日")
    accepted_at = models.DateTimeField("受理时间", null=True)
    copy_by = models.DateField("最迟发副本日", null=True)
    copied_at = models.DateTimeField("发副本时间", null=True)
    reply = models.TextField("被投诉人的说明", blank=True)
    replied_at = models.DateTimeField("说明时间", null=True)
    decide_by = models.DateField("最迟决定日", null=True)
    stayed_workdays = models.PositiveSmallIntegerField("扣除工作日", default=0)
    grounds = models.JSONField("不予受理的情形", default=list)
    outcome = models.CharField("结果", max_length=12, blank=True)
    document = models.CharField("决定文号", max_length=200, blank=True)
    answer = models.TextField("处理意见", blank=True)
    ended_at = models.DateTimeField("办结时间", null=True)
    is_late = models.BooleanField("逾期", default=False)
    withdrawal = models.JSONField("撤回申请", null=True)
    correction = models.JSONField("补正", null=True)

    class Meta:
        verbose_name = "投诉"

    def facts(self, regime: Regime) -> ComplaintFacts:
        return ComplaintFacts(
            code=self.code,
            lot=self.lot,
            lot_title=self.lot_title,
            round=self.round,
            region=self.region,
            regime=regime,
            matter=regime.matters[self.matter],
            by=CreditCode(self.by),
            by_name=self.by_name,
            respondent=self.respondent,
            known_on=self.known_on,
            text=self.text,
            request=self.request,
            files=tuple(self.files),
            filed_at=self.filed_at,
            state=ComplaintState(self.state),
            accept_by=self.accept_by,
            accepted_at=self.accepted_at,
            copy_by=self.copy_by,
            copied_at=self.copied_at,
            reply=self.reply,
            replied_at=self.replied_at,
            decide_by=self.decide_by,
            stayed_workdays=self.stayed_workdays,
            grounds=tuple(self.grounds),
            outcome=self.outcome,
            document=self.document,
            answer=self.answer,
            ended_at=self.ended_at,
            is_late=self.is_late,
            withdrawal=restore(Withdrawal, self.withdrawal) if self.withdrawal else None,
            correction=restore(Correction, self.correction) if self.correction else None,
        )


class Sending(models.Model):
    """来件计数 of one hour: under a digest that nobody can turn back into an address once the hour's key is gone."""

    key = models.CharField("来源的散列", max_length=64, primary_key=True)
    hour = models.DateTimeField("小时", db_index=True)
    count = models.PositiveIntegerField("件数", default=0)

    class Meta:
        verbose_name = "来件计数"


class SendingKey(models.Model):
    """计数密钥 of one hour, thrown away with it."""

    hour = models.DateTimeField("小时", primary_key=True)
    secret = models.BinaryField("密钥")

    class Meta:
        verbose_name = "计数密钥"


class Petition(models.Model):
    """来件. Of an anonymous one only the words and the digest of the code with which its author looks it up."""

    code = models.CharField("来件编号", max_length=30, primary_key=True)
    category = models.CharField("类别", max_length=12, db_index=True)
    channel = models.CharField("渠道", max_length=10)
    text = models.TextField("内容")
    region = RegionCodeField("行政区划", db_index=True)
    lot = LotCodeField("统一交易标识码", null=True)
    name = models.CharField("姓名", max_length=200, blank=True)
    contact = models.CharField("联系方式", max_length=200, blank=True)
    files = models.JSONField("材料", default=list)
    key_digest = models.CharField("查询码摘要", max_length=64, blank=True, db_index=True)
    filed_at = models.DateTimeField("收到时间")
    answer_by = models.DateField("最迟答复日")
    state = models.CharField("状态", max_length=10, db_index=True)
    route = models.CharField("去向", max_length=10, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "来件"

    def facts(self, at: datetime) -> PetitionFacts:
        new = NewPetition(
            category=Category(self.category),
            channel=Channel(self.channel),
            text=self.text,
            region=self.region,
            lot=self.lot,
            name=self.name,
            contact=self.contact,
            files=tuple(self.files),
        )
        return PetitionFacts(
            code=self.code,
            new=new,
            filed_at=self.filed_at,
            answer_by=self.answer_by,
            state=PetitionState(self.state),
            route=petition_rules.ROUTES.get(self.route, ""),
            answer=self.answer,
            answered_at=self.answered_at,
            is_overdue=petition_rules.is_overdue(PetitionState(self.state), self.answer_by, at),
        )
