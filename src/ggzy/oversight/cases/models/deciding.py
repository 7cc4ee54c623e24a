"""决定程序的表."""

from django.db import models

from ggzy.foundation.fields import CreditCodeField
from ggzy.kernel import events as kernel_events
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.models.casework import Case
from ggzy.oversight.cases.values.casework import Draft, Officer, Opinion, Proposal
from ggzy.oversight.cases.values.deciding import PostFacts, PostKind


class Post(models.Model):
    """岗位任职."""

    code = models.CharField("岗位编号", max_length=30, primary_key=True)
    person = models.CharField("人员编号", max_length=32, db_index=True)
    name = models.CharField("姓名", max_length=100)
    organisation = CreditCodeField("统一社会信用代码", db_index=True)
    kind = models.CharField("岗位", max_length=12)
    paper = models.CharField("证件或者任职文号", max_length=100)
    appointed_at = models.DateTimeField("任命时间")
    ended_at = models.DateTimeField("终止时间", null=True)

    class Meta:
        verbose_name = "岗位任职"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "kind"],
                condition=models.Q(ended_at=None),
                name="post_held_once",
            )
        ]

    def facts(self) -> PostFacts:
        return PostFacts(
            code=self.code,
            person=self.person,
            name=self.name,
            organisation=CreditCode(self.organisation),
            kind=PostKind(self.kind),
            paper=self.paper,
            since=self.appointed_at,
            is_ended=self.ended_at is not None,
        )


class CaseOfficer(models.Model):
    """承办人."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="officer_rows", verbose_name="案件")
    person = models.CharField("人员编号", max_length=32)
    name = models.CharField("姓名", max_length=100)
    joined_at = models.DateTimeField("参加时间")

    class Meta:
        verbose_name = "承办人"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="officer_once_a_case")]

    def facts(self) -> Officer:
        return Officer(self.person, self.name, self.joined_at)


class CaseDraft(models.Model):
    """处理意见 that waits for review and decision; one that is sent back goes, the journal keeps it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="draft_row", verbose_name="案件")
    decision = models.JSONField("拟决定")
    grounds = models.JSONField("须审核的情形", default=list)
    person = models.CharField("人员编号", max_length=32)
    name = models.CharField("姓名", max_length=100)
    at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = "处理意见"

    def facts(self) -> Draft:
        """With the opinions on it, from its own prefetched rows."""
        said = list(self.opinion_rows.all())
        return Draft(
            decision=kernel_events.restore(Proposal, self.decision),
            grounds=tuple(self.grounds),
            by=self.person,
            name=self.name,
            at=self.at,
            review=next((one.facts() for one in said if one.is_review), None),
            voices=tuple(one.facts() for one in said if not one.is_review),
        )


class CaseOpinion(models.Model):
    """法制审核意见、集体讨论意见."""

    draft = models.ForeignKey(CaseDraft, models.CASCADE, related_name="opinion_rows", verbose_name="处理意见")
    is_review = models.BooleanField("法制审核")
    person = models.CharField("人员编号", max_length=32)
    name = models.CharField("姓名", max_length=100)
    is_agreed = models.BooleanField("同意")
    text = models.TextField("意见")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审核和讨论意见"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "person"], name="one_seat_a_draft"),
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(is_review=True), name="one_review_a_draft"
            ),
        ]

    def facts(self) -> Opinion:
        return Opinion(self.person, self.name, self.is_agreed, self.text, self.at)
