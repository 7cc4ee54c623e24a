"""招标、投标文件与开标的表."""

from dataclasses import replace
from datetime import datetime

from django.db import models

from ggzy.foundation.fields import CanonField, CreditCodeField, MoneyField
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.kernel import events
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.trading.projects.values import CustodyPlan
from ggzy.trading.tendering.values import (
    ArrivedFile,
    Bidder,
    BidFacts,
    BidState,
    Cause,
    DocumentFile,
    DocumentsVersion,
    OpenedFile,
    OpeningFacts,
    OpeningFailure,
    Price,
    TenderFacts,
    TenderState,
    TenderTerms,
)

LIVE = [BidState.SUBMITTED, BidState.OPENED, BidState.REVOKED, BidState.LAPSED]


class Tender(models.Model):
    """招标: one round of one lot. `deadline` is the announced or moved one, without standing time."""

    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    round = models.PositiveSmallIntegerField("招标次数")
    method = models.CharField("招标方式", max_length=40)
    state = models.CharField("状态", max_length=12, default=TenderState.DRAFTED)
    custody = CanonField("保管方案", null=True)
    terms = CanonField("招标条件", null=True)
    plan = CanonField("开标方案", null=True)
    plan_digest = models.CharField("开标方案摘要", max_length=80, blank=True)
    keys_posted = CanonField("已提交公钥的保管人", default=list)
    documents_version = models.PositiveSmallIntegerField("招标文件版本", default=0)
    documents_digest = models.CharField("招标文件摘要", max_length=80, blank=True)
    deadline = models.DateTimeField("投标截止时间", null=True)
    deadline_set_at = models.DateTimeField("截止时间确定于", null=True)
    announced_at = models.DateTimeField("公告时间", null=True)
    notice = models.CharField("公告编号", max_length=80, blank=True)
    closed_at = models.DateTimeField("截止执行时间", null=True)
    opened_at = models.DateTimeField("开标结束时间", null=True)
    failure = models.TextField("流标原因", blank=True)

    class Meta:
        verbose_name = "招标"
        constraints = [
            models.UniqueConstraint(fields=["lot", "round"], name="one_tender_per_round"),
            models.CheckConstraint(
                condition=models.Q(state=TenderState.DRAFTED) | models.Q(deadline__isnull=False),
                name="announced_with_deadline",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline"], condition=models.Q(state=TenderState.ANNOUNCED), name="tender_due"
            )
        ]

    def facts(
        self, deadline: datetime | None = None, documents: tuple[DocumentsVersion, ...] = ()
    ) -> TenderFacts:
        """`deadline` is the one in force, if the lot stood still."""
        return TenderFacts(
            lot=LotCode(self.lot_id),
            round=self.round,
            state=TenderState(self.state),
            method=self.method,
            terms=events.restore(TenderTerms, self.terms) if self.terms else None,
            deadline=deadline or self.deadline,
            announced_at=self.announced_at,
            documents=documents,
            documents_version=self.documents_version,
            documents_digest=self.documents_digest,
            custody=events.restore(CustodyPlan, self.custody) if self.custody else None,
            keys_posted=tuple(self.keys_posted),
            plan=events.restore(OpeningPlan, self.plan) if self.plan else None,
            plan_digest=self.plan_digest,
            notice=self.notice,
            closed_at=self.closed_at,
            opened_at=self.opened_at,
            failure=self.failure,
        )


class CustodianKey(models.Model):
    """保管人公钥: the statement as it was signed; `released_at` once the shares are in."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    x = models.PositiveSmallIntegerField("编号")
    statement = CanonField("公钥声明")
    posted_at = models.DateTimeField("提交时间")
    released_at = models.DateTimeField("释放份额时间", null=True)

    class Meta:
        verbose_name = "保管人公钥"
        constraints = [models.UniqueConstraint(fields=["tender", "x"], name="one_key_per_holder")]


class Documents(models.Model):
    """招标文件的一个版本."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    version = models.PositiveSmallIntegerField("版本")
    digest = models.CharField("摘要", max_length=80)
    files = CanonField("文件")
    issued_at = models.DateTimeField("发出时间")
    text = models.TextField("澄清内容", blank=True)
    is_material = models.BooleanField("可能影响投标文件编制", default=False)

    class Meta:
        verbose_name = "招标文件"
        constraints = [models.UniqueConstraint(fields=["tender", "version"], name="one_documents_version")]

    def facts(self) -> DocumentsVersion:
        return DocumentsVersion(
            version=self.version,
            digest=self.digest,
            files=tuple(events.restore(DocumentFile, file) for file in self.files),
            issued_at=self.issued_at,
            text=self.text,
            is_material=self.is_material,
        )


class DocumentsTaken(models.Model):
    """招标文件下载记录: sealed until the close."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    version = models.PositiveSmallIntegerField("版本")
    party = CreditCodeField("单位")

    class Meta:
        verbose_name = "招标文件下载"
        constraints = [
            models.UniqueConstraint(fields=["tender", "version", "party"], name="taken_once_a_version")
        ]


class Question(models.Model):
    """疑问: the asker is kept for the courts and shown to nobody."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("内容")
    party = CreditCodeField("提问单位")
    asked_at = models.DateTimeField("提问时间")
    answered_in = models.PositiveSmallIntegerField("答复所在版本", null=True)

    class Meta:
        verbose_name = "疑问"
        constraints = [models.UniqueConstraint(fields=["tender", "number"], name="one_question_number")]


class Invitee(models.Model):
    """受邀单位 of an invited tender: sealed until the opening."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    party = CreditCodeField("单位")

    class Meta:
        verbose_name = "受邀单位"
        constraints = [models.UniqueConstraint(fields=["tender", "party"], name="invited_once")]


class Bid(models.Model):
    """投标文件的一次递交 (one generation). Its envelope lies in the vault under `package`."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    bid = models.CharField("投标编号", max_length=64)
    gen = models.PositiveSmallIntegerField("递交次数")
    party = CreditCodeField("投标人")
    name = models.TextField("投标人名称")
    members = CanonField("联合体成员", default=list)
    manifest = models.CharField("清单摘要", max_length=80)
    documents = models.CharField("所响应的招标文件", max_length=80)
    package = models.CharField("密文摘要", max_length=80)
    bytes = models.BigIntegerField("密文大小")
    height = models.BigIntegerField("回执高度", null=True)
    code = models.CharField("回执编号", max_length=40, blank=True)
    state = models.CharField("状态", max_length=12, default=BidState.SUBMITTED)
    submitted_at = models.DateTimeField("递交时间")
    ended_at = models.DateTimeField("替换或撤回时间", null=True)
    seq = models.PositiveIntegerField("开标顺序", default=0)
    signed_in_at = models.DateTimeField("签到时间", null=True)
    secrets = CanonField("解密密钥", null=True)
    opened_at = models.DateTimeField("解密时间", null=True)
    files = CanonField("已解密分册", default=list)
    price = CanonField("报价", null=True)
    period = models.TextField("工期", blank=True)
    quality = models.TextField("质量", blank=True)
    leader = models.TextField("项目负责人", blank=True)
    note = models.TextField("唱标备注", blank=True)
    confirmed_at = models.DateTimeField("确认记录时间", null=True)
    finding = models.CharField("未能解密的情形", max_length=4, blank=True)
    attributed_to = models.CharField("归因", max_length=10, blank=True)
    evidence = models.TextField("证据", blank=True)
    decided = models.CharField("认定", max_length=10, blank=True)
    reason = models.TextField("认定理由", blank=True)

    class Meta:
        verbose_name = "投标文件"
        constraints = [
            models.UniqueConstraint(fields=["tender", "bid", "gen"], name="one_bid_generation"),
            models.UniqueConstraint(
                fields=["tender", "bid"],
                condition=models.Q(state__in=LIVE),
                name="one_live_generation",
            ),
        ]
        indexes = [models.Index(fields=["tender", "party"], name="bid_by_party")]

    def bidder(self) -> Bidder:
        return Bidder(
            leader=CreditCode(self.party),
            name=self.name,
            members=tuple(CreditCode(code) for code in self.members),
        )

    def facts(self, *, shows_prices: bool = False) -> BidFacts:
        """Prices and files only where the caller says that they have been read out."""
        sealed = BidFacts(
            bid=self.bid,
            bidder=self.bidder(),
            gen=self.gen,
            submitted_at=self.submitted_at,
            state=BidState(self.state),
            seq=self.seq,
            manifest=self.manifest,
            documents=self.documents,
            opened_at=self.opened_at,
            bytes=self.bytes,
            height=self.height,
            signed_in_at=self.signed_in_at,
            confirmed_at=self.confirmed_at,
            has_released=self.secrets is not None,
            finding=self.finding,
        )
        if not shows_prices:
            return sealed
        return self._read_out(sealed)

    def _read_out(self, sealed: BidFacts) -> BidFacts:
        return replace(
            sealed,
            price=events.restore(Price, self.price) if self.price else None,
            period=self.period,
            quality=self.quality,
            leader=self.leader,
            note=self.note,
            files=tuple(events.restore(OpenedFile, file) for file in self.files),
        )

    def failure(self) -> OpeningFailure:
        """The finding of a bid that did not open."""
        return OpeningFailure(
            bid=self.bid,
            bidder=self.bidder(),
            finding=self.finding,
            attributed_to=Cause(self.attributed_to),
            evidence=self.evidence,
            decided=Cause(self.decided) if self.decided else None,
            reason=self.reason,
        )


class Arrival(models.Model):
    """已到达平台、尚未递交的投标文件: carrying is not submitting; a newer one takes its place."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    party = CreditCodeField("单位")
    package = models.CharField("密文摘要", max_length=80)
    name = models.CharField("文件名", max_length=255)
    bytes = models.BigIntegerField("大小")
    bid = models.CharField("投标编号", max_length=64)
    gen = models.PositiveSmallIntegerField("递交次数")
    arrived_at = models.DateTimeField("到达时间")

    class Meta:
        verbose_name = "已到达的投标文件"
        constraints = [models.UniqueConstraint(fields=["tender", "party"], name="one_arrival")]

    def facts(self) -> ArrivedFile:
        return ArrivedFile(self.package, self.name, self.bytes, self.gen, self.arrived_at)


class Stand(models.Model):
    """参加关系: an organisation behind a live bid, alone, as leader or as member (实施条例 §37)."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    party = CreditCodeField("单位")
    bid = models.CharField("投标编号", max_length=64)

    class Meta:
        verbose_name = "参加关系"
        constraints = [models.UniqueConstraint(fields=["tender", "party"], name="one_stand_per_party")]


class LateAttempt(models.Model):
    """逾期递交的记录: the first one of each party is kept as a fact."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    party = CreditCodeField("单位")
    arrived_at = models.DateTimeField("到达时间")

    class Meta:
        verbose_name = "逾期递交"
        constraints = [models.UniqueConstraint(fields=["tender", "party"], name="late_once")]


class Opening(models.Model):
    """开标: the ceremony of one tender."""

    tender = models.OneToOneField(Tender, models.PROTECT, primary_key=True, related_name="+")
    submitted = models.PositiveIntegerField("份数")
    k = models.PositiveSmallIntegerField("同开人数")
    root = models.CharField("开标名单根", max_length=80)
    began_at = models.DateTimeField("开始时间")
    bidder_window_until = models.DateTimeField("投标人解密截止")
    custodian_window_until = models.DateTimeField("保管人解密截止")
    windows_set_at = models.DateTimeField("解密时间的确定时间")
    extensions = models.PositiveSmallIntegerField("延长次数", default=0)
    shares_released = CanonField("已释放份额的保管人", default=list)
    read_out_at = models.DateTimeField("唱标时间", null=True)
    base_price = MoneyField("标底", null=True)
    concluded_at = models.DateTimeField("结束时间", null=True)
    notice = models.CharField("开标记录编号", max_length=80, blank=True)
    traced_at = models.DateTimeField("投标痕迹提取时间", null=True)

    class Meta:
        verbose_name = "开标"

    def facts(
        self,
        tender: Tender,
        windows: tuple[datetime, datetime],
        *,
        keys: int,
        decrypted: int,
        failed: int,
    ) -> OpeningFacts:
        """`windows` are those in force, of the bidders and of the custodians."""
        bidders, custodians = windows
        return OpeningFacts(
            lot=LotCode(tender.lot_id),
            round=tender.round,
            submitted=self.submitted,
            shares_released=tuple(self.shares_released),
            k=self.k,
            keys_released=keys,
            decrypted=decrypted,
            failed=failed,
            began_at=self.began_at,
            bidder_window_until=bidders,
            custodian_window_until=custodians,
            read_out_at=self.read_out_at,
            concluded_at=self.concluded_at,
            base_price=self.base_price,
            notice=self.notice,
            extensions=self.extensions,
        )


class Share(models.Model):
    """已释放的密钥份额: kept so that anyone entitled can replay the opening (trust §9.5)."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+", verbose_name="招标")
    x = models.PositiveSmallIntegerField("编号")
    bid = models.CharField("投标编号", max_length=64)
    part = models.CharField("分册", max_length=40)
    record = models.BinaryField("份额")

    class Meta:
        verbose_name = "密钥份额"
        constraints = [models.UniqueConstraint(fields=["tender", "x", "bid", "part"], name="one_share")]
