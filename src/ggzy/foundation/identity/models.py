"""人员、任职身份、证书、会话的表."""

from datetime import datetime, timedelta

from django.db import models

from ggzy.foundation.identity.values import (
    BindingFacts,
    CertificateFacts,
    MembershipFacts,
    NewSeat,
    PersonFacts,
    ProposalFacts,
)
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role


class Person(models.Model):
    """人员: one natural person; never deleted, only without memberships."""

    id = models.CharField("人员编号", max_length=32, primary_key=True)
    login = models.CharField("登录名", max_length=100, unique=True)
    name = models.CharField("姓名", max_length=100)
    password_hash = models.CharField("口令散列", max_length=200, blank=True)
    registered_at = models.DateTimeField("登记时间")
    once_hash = models.CharField("一次性口令散列", max_length=64, blank=True)
    once_until = models.DateTimeField("一次性口令有效期至", null=True, blank=True)

    class Meta:
        verbose_name = "人员"

    def facts(self) -> PersonFacts:
        return PersonFacts(id=self.id, name=self.name)


class Membership(models.Model):
    """任职身份."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    organisation = models.CharField("统一社会信用代码", max_length=18, blank=True)
    role = models.CharField("角色", max_length=20, choices=[(role.value, role.label) for role in Role])
    region = models.CharField("行政区划代码", max_length=6)
    granted_at = models.DateTimeField("授予时间")
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)

    class Meta:
        verbose_name = "任职身份"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "region"],
                condition=models.Q(ended_at=None),
                name="one_open_membership",
            )
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_by_organisation")]

    def facts(self) -> MembershipFacts:
        return MembershipFacts(
            id=self.pk,
            person=self.person_id,
            person_name=self.person.name,
            organisation=CreditCode(self.organisation) if self.organisation else None,
            role=Role(self.role),
            region=RegionCode(self.region),
            granted_at=self.granted_at,
            ended_at=self.ended_at,
        )


class Certificate(models.Model):
    """数字证书绑定."""

    fingerprint = models.CharField("证书指纹", max_length=64, primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    organisation = models.CharField("统一社会信用代码", max_length=18, blank=True)
    holder = models.CharField("持有者", max_length=300)
    issuer = models.CharField("发证机构", max_length=300)
    certificate_pem = models.BinaryField("证书")
    public_key_pem = models.BinaryField("公钥")
    valid_from = models.DateTimeField("生效时间")
    valid_to = models.DateTimeField("失效时间")
    bound_at = models.DateTimeField("绑定时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "数字证书"
        indexes = [models.Index(fields=["organisation"], name="certificate_by_organisation")]

    def facts(self) -> CertificateFacts:
        return CertificateFacts(
            fingerprint=self.fingerprint,
            holder=self.holder,
            organisation=CreditCode(self.organisation) if self.organisation else None,
            issuer=self.issuer,
            certificate_pem=bytes(self.certificate_pem),
            public_key_pem=bytes(self.public_key_pem),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            person=self.person_id,
            bound_at=self.bound_at,
            revoked_at=self.revoked_at,
        )


class Session(models.Model):
    """登录会话: only the hash of the token is kept."""

    token_hash = models.CharField("令牌散列", max_length=64, primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="任职身份")
    opened_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近操作时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "登录会话"
        indexes = [
            models.Index(
                fields=["person", "opened_at"], condition=models.Q(ended_at=None), name="open_sessions"
            )
        ]


class OfficialProposal(models.Model):
    """待同意的监督人员登记."""

    LASTS = timedelta(days=7)

    login = models.CharField("登录名", max_length=100)
    name = models.CharField("姓名", max_length=100)
    organisation = models.CharField("统一社会信用代码", max_length=18, blank=True)
    role = models.CharField("角色", max_length=20, choices=[(role.value, role.label) for role in Role])
    region = models.CharField("行政区划代码", max_length=6)
    proposed_by = models.CharField("提出人", max_length=32)
    proposed_at = models.DateTimeField("提出时间")
    settled_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "待同意的监督人员登记"

    def facts(self) -> ProposalFacts:
        until: datetime = self.proposed_at + self.LASTS
        organisation = CreditCode(self.organisation) if self.organisation else None
        return ProposalFacts(
            id=self.pk,
            login=self.login,
            name=self.name,
            seat=NewSeat(organisation, Role(self.role), RegionCode(self.region)),
            proposed_by=self.proposed_by,
            proposed_at=self.proposed_at,
            until=until,
            is_settled=self.settled_at is not None,
        )


class CertificateProposal(models.Model):
    """待同意的证书绑定, to the account of somebody who watches."""

    LASTS = timedelta(days=7)

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    region = models.CharField("行政区划代码", max_length=6)
    holder = models.CharField("证书持有人", max_length=200)
    fingerprint = models.CharField("指纹", max_length=64)
    pem = models.BinaryField("证书")
    proposed_by = models.CharField("提出人", max_length=32)
    proposed_at = models.DateTimeField("提出时间")
    settled_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "待同意的证书绑定"

    def facts(self) -> BindingFacts:
        until: datetime = self.proposed_at + self.LASTS
        return BindingFacts(
            id=self.pk,
            person=self.person_id,
            name=self.person.name,
            region=RegionCode(self.region),
            holder=self.holder,
            fingerprint=self.fingerprint,
            proposed_by=self.proposed_by,
            proposed_at=self.proposed_at,
            until=until,
            is_settled=self.settled_at is not None,
        )


class Attempt(models.Model):
    """登录失败计数: forgotten half an hour after the last one."""

    key = models.CharField("登录名与来源的散列", max_length=64, primary_key=True)
    failures = models.PositiveIntegerField("连续失败次数")
    last_at = models.DateTimeField("最近失败时间")

    class Meta:
        verbose_name = "登录失败计数"
