"""评标评审的表."""

from django.db import models
from django.db.models import Q

from ggzy.foundation.fields import CanonField, ExpertCodeField, RegionCodeField
from ggzy.kernel import events
from ggzy.kernel.codes import ExpertCode
from ggzy.trading.evaluation.values import (
    Correction,
    CorrectionState,
    DrawState,
    EvaluationState,
    MemberFacts,
    MemberKind,
    MemberState,
    Question,
    ReviewSheet,
    Sheet,
)
from ggzy.trading.tendering.values import Price


class Evaluation(models.Model):
    """评标. One per lot and round. JSON columns hold canonical values of `values`."""

    lot = models.ForeignKey("projects.Lot", on_delete=models.PROTECT, related_name="+", verbose_name="标段")
    round = models.PositiveSmallIntegerField("轮次")
    state = models.CharField("状态", max_length=12, default=EvaluationState.CONVENING)
    scheme = CanonField("评标办法", null=True)
    scheme_digest = models.CharField("评标办法摘要", max_length=80, default="")
    plan = CanonField("评标委员会组成", null=True)
    chair = models.PositiveSmallIntegerField("主任席位", null=True)
    coefficients = CanonField("抽中系数", default=list)
    tie_order = CanonField("并列抽签顺序", default=list)
    measures = CanonField("调整因素量值", default=list)
    entered = CanonField("进入基准价的投标", default=list)
    rejected = CanonField("否决的投标", default=list)
    passed = models.PositiveIntegerField("通过初步评审", null=True)
    is_all_rejected = models.BooleanField("否决所有投标", default=False)
    competition = models.TextField("竞争性决定", default="")
    outcome = CanonField("评审结果", null=True)
    candidates = CanonField("中标候选人", default=list)
    digest = models.CharField("报告摘要", max_length=80, default="")
    concluded_at = models.DateTimeField("汇总时刻", null=True)
    reported_at = models.DateTimeField("提交时刻", null=True)
    published_at = models.DateTimeField("名单公开时刻", null=True)

    class Meta:
        verbose_name = "评标"
        constraints = [
            models.UniqueConstraint(fields=["lot", "round"], name="evaluation_of_round"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in EvaluationState]), name="evaluation_state_known"
            ),
        ]


class Draw(models.Model):
    """抽取. A new serial after an abandoned one; at most one live draw of each purpose."""

    id = models.CharField("抽取编号", max_length=80, primary_key=True)
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="+", verbose_name="评标"
    )
    purpose = models.CharField("事项", max_length=12)
    serial = models.PositiveSmallIntegerField("序号")
    state = models.CharField("状态", max_length=10, default=DrawState.REQUESTED)
    turn = models.PositiveSmallIntegerField("轮次", default=0)
    groups = CanonField("席位", default=list)
    region = RegionCodeField("抽取区域")
    request_hash = models.BinaryField("申请摘要")
    pool_root = models.BinaryField("候选池根")
    excluded_root = models.BinaryField("回避名单根")
    seed = models.BinaryField("种子", null=True)
    requested_at = models.DateTimeField("申请时刻")
    reveal_until = models.DateTimeField("公开时限", null=True)

    class Meta:
        verbose_name = "抽取"
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "purpose", "serial"], name="draw_serial"),
            models.UniqueConstraint(
                fields=["evaluation", "purpose"], condition=~Q(state="abandoned"), name="draw_live_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in DrawState]), name="draw_state_known"
            ),
        ]
        indexes = [models.Index(fields=["reveal_until"], condition=Q(state="revealing"), name="draw_overdue")]


class Giver(models.Model):
    """随机数提供方. `nonces` are the revealed ones, by turn."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="+", verbose_name="抽取")
    party = models.CharField("提供方", max_length=40)
    commitments = models.BinaryField("承诺值")
    nonces = CanonField("已公开的随机数", default=list)
    committed_at = models.DateTimeField("承诺时刻")

    class Meta:
        verbose_name = "随机数提供方"
        constraints = [models.UniqueConstraint(fields=["draw", "party"], name="giver_once")]


class PoolLeaf(models.Model):
    """候选叶子. The subject (an expert's code) is read by nobody before the award notice but the platform."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="+", verbose_name="抽取")
    group = models.CharField("专业", max_length=12)
    leaf = models.BinaryField("叶子")
    salt = models.BinaryField("盐")
    subject = models.CharField("对象", max_length=64)
    person = models.CharField("人员", max_length=64, default="")
    employer = models.TextField("工作单位", default="")
    region = models.CharField("地区", max_length=6, default="")
    exclusion = models.CharField("回避原因", max_length=20, default="")
    turn = models.PositiveSmallIntegerField("抽中轮次", null=True)

    class Meta:
        verbose_name = "候选叶子"
        constraints = [models.UniqueConstraint(fields=["draw", "leaf"], name="leaf_once")]


class Member(models.Model):
    """评委. One row per occupant of a seat; whoever left keeps the row."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="+", verbose_name="评标"
    )
    seat = models.PositiveSmallIntegerField("席位")
    kind = models.CharField("来源", max_length=8)
    state = models.CharField("状态", max_length=10, default=MemberState.CALLED)
    specialty = models.CharField("专业", max_length=12, default="")
    expert = ExpertCodeField("专家", null=True)
    person = models.CharField("人员", max_length=64)
    leaf = models.ForeignKey(
        PoolLeaf, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="叶子"
    )
    called_at = models.DateTimeField("邀请时刻")
    seated_at = models.DateTimeField("签到时刻", null=True)
    vacancy = models.CharField("离席原因", max_length=12, default="")
    signed_at = models.DateTimeField("签署时刻", null=True)
    dissent = models.TextField("不同意见", default="")
    is_silent = models.BooleanField("拒签且未说明理由", default=False)

    class Meta:
        verbose_name = "评委"
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "seat"], condition=~Q(state="vacated"), name="seat_taken_once"
            ),
            models.UniqueConstraint(
                fields=["evaluation", "person"], condition=~Q(state="vacated"), name="member_one_seat"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in MemberState]), name="member_state_known"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="member_person")]

    def facts(self) -> MemberFacts:
        """The leaf is left out: joining it is the caller's choice."""
        return MemberFacts(
            seat=self.seat,
            kind=MemberKind(self.kind),
            state=MemberState(self.state),
            specialty=self.specialty,
            person=self.person,
            expert=ExpertCode(self.expert) if self.expert else None,
            seated_at=self.seated_at,
            signed_at=self.signed_at,
            dissent=self.dissent,
            is_silent=self.is_silent,
        )


class Review(models.Model):
    """初步评审表."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="+", verbose_name="评标"
    )
    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="+", verbose_name="评委")
    sheet = CanonField("意见")
    submitted_at = models.DateTimeField("提交时刻")

    class Meta:
        verbose_name = "初步评审表"

    def facts(self) -> ReviewSheet:
        sheet: ReviewSheet = events.restore(ReviewSheet, self.sheet)
        return sheet


class Scores(models.Model):
    """评分表. The latest generation; earlier ones stay in the journal."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="+", verbose_name="评标"
    )
    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="+", verbose_name="评委")
    sheet = CanonField("打分")
    gen = models.PositiveSmallIntegerField("第几次提交", default=1)
    submitted_at = models.DateTimeField("提交时刻")

    class Meta:
        verbose_name = "评分表"

    def facts(self) -> Sheet:
        sheet: Sheet = events.restore(Sheet, self.sheet)
        return sheet


class Enquiry(models.Model):
    """澄清、说明."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="+", verbose_name="评标"
    )
    number = models.PositiveSmallIntegerField("序号")
    bid = models.CharField("投标", max_length=64)
    text = models.TextField("要求")
    is_about_price = models.BooleanField("关于报价")
    asked_at = models.DateTimeField("提出时刻")
    answer = models.TextField("答复", null=True)
    answered_at = models.DateTimeField("答复时刻", null=True)

    class Meta:
        verbose_name = "澄清、说明"
        constraints = [models.UniqueConstraint(fields=["evaluation", "number"], name="enquiry_number")]

    def facts(self) -> Question:
        return Question(
            number=self.number,
            bid=self.bid,
            text=self.text,
            is_about_price=self.is_about_price,
            asked_at=self.asked_at,
            answer=self.answer,
            answered_at=self.answered_at,
        )


class PriceCorrection(models.Model):
    """算术修正."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="+", verbose_name="评标"
    )
    bid = models.CharField("投标", max_length=64)
    before = CanonField("修正前")
    after = CanonField("修正后")
    reason = models.TextField("依据")
    state = models.CharField("状态", max_length=10, default=CorrectionState.PROPOSED)

    class Meta:
        verbose_name = "算术修正"
        constraints = [models.UniqueConstraint(fields=["evaluation", "bid"], name="correction_of_bid")]

    def facts(self) -> Correction:
        return Correction(
            bid=self.bid,
            before=events.restore(Price, self.before),
            after=events.restore(Price, self.after),
            reason=self.reason,
            state=CorrectionState(self.state),
        )


class Draft(models.Model):
    """草稿: a member's own unfinished sheet, saved while it is written; no fact and nobody else's business."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", verbose_name="评委")
    bid = models.CharField("投标", max_length=64)
    criterion = models.CharField("因素", max_length=40)
    content = models.TextField("内容")
    note = models.TextField("说明", default="")
    saved_at = models.DateTimeField("保存时刻")

    class Meta:
        verbose_name = "评审草稿"
        constraints = [
            models.UniqueConstraint(fields=["member", "bid", "criterion"], name="draft_of_criterion")
        ]
