"""主体库的表."""

from django.db import models

from ggzy.foundation.fields import CanonField, CreditCodeField, RegionCodeField
from ggzy.kernel import events
from ggzy.registers.parties.values import (
    BankAccount,
    Holding,
    PartyFacts,
    PartyKind,
    PartyRole,
    Qualification,
)


class Party(models.Model):
    """市场主体. Keyed by its credit code; never deleted."""

    code = CreditCodeField("统一社会信用代码", primary_key=True)
    name = models.TextField("名称")
    kind = models.CharField("主体类别", max_length=8)
    region = RegionCodeField("行政区划")
    roles = CanonField("身份")
    licence_until = models.DateField("证照有效期", null=True)
    qualifications = CanonField("资质")
    account_name = models.TextField("基本账户户名", default="")
    account_bank = models.TextField("开户行", default="")
    account_number = models.CharField("账号", max_length=32, default="", db_index=True)
    representative = models.TextField("法定代表人", default="")
    address = models.TextField("住所", default="")
    phone = models.CharField("电话", max_length=24, default="")
    holdings = CanonField("出资", default=list)
    branches = CanonField("监督领域", default=list)
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "市场主体"

    def facts(self) -> PartyFacts:
        """The row as a value."""
        account = BankAccount(self.account_name, self.account_bank, self.account_number)
        return PartyFacts(
            code=self.code,
            name=self.name,
            kind=PartyKind(self.kind),
            region=self.region,
            roles=tuple(PartyRole(role) for role in self.roles),
            registered_at=self.registered_at,
            basic_account=account if self.account_number else None,
            licence_until=self.licence_until,
            qualifications=tuple(events.restore(Qualification, q) for q in self.qualifications),
            representative=self.representative,
            address=self.address,
            phone=self.phone,
            holdings=tuple(events.restore(Holding, one) for one in self.holdings),
            branches=tuple(self.branches),
        )
