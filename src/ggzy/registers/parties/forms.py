"""主体的表单: what an organisation says about itself, once for the whole country."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from ggzy.foundation.ui import forms
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.money import Rate
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries
from ggzy.registers.parties.values import (
    NAME_CHARACTERS_MAX,
    BankAccount,
    Holding,
    PartyFacts,
    PartyForm,
    PartyKind,
    PartyRole,
    Qualification,
)

GRANTED = tuple(role for role in Role if role is not Role.SYSTEM)
SELF_CHOSEN = (PartyRole.OWNER, PartyRole.AGENCY, PartyRole.BIDDER)


class OrganisationForm(forms.Form):
    """主体登记表."""

    name = forms.LongTextField(label="名称", rows=2, max_length=NAME_CHARACTERS_MAX, help_text="与证照一致")
    kind = forms.ChoiceField(label="主体类别", choices=[(kind.value, kind.label) for kind in PartyKind])
    region = forms.RegionCodeField(label="所在地行政区划代码", help_text="六位数字，如 980102")
    roles = forms.TicksField(label="身份", choices=[(role.value, role.label) for role in SELF_CHOSEN])
    representative = forms.TextField(label="法定代表人或负责人")
    address = forms.TextField(label="住所", max_length=500)
    phone = forms.TextField(label="联系电话", max_length=24)
    licence_until = forms.DayField(label="证照有效期至", required=False, help_text="长期有效的不填")
    account_bank = forms.TextField(label="基本账户开户行", required=False)
    account_number = forms.TextField(
        label="基本账户账号",
        required=False,
        max_length=32,
        help_text="投标人必须填写，保证金从该账户转出；不公开",
    )
    qualifications = forms.LongTextField(
        label="资质",
        required=False,
        rows=4,
        help_text="每行一项：名称，等级，证书编号，有效期（长期有效的不写）",
    )
    holdings = forms.LongTextField(
        label="股东和出资比例",
        required=False,
        rows=4,
        help_text="每行一个：名称，比例（如 60%），统一社会信用代码（个人不写）；用于核对控股关系（实施条例 §34）",
    )
    is_pledged = forms.TickField(label="本单位承诺：所填信息真实、合法、有效，愿意承担失信责任")

    def clean_region(self) -> RegionCode | None:
        return known_region(self.cleaned_data["region"])

    def clean_qualifications(self) -> tuple[Qualification, ...]:
        lines = self.cleaned_data["qualifications"].splitlines()
        return tuple(_qualification(number, line) for number, line in enumerate(lines, 1) if line.strip())

    def clean_holdings(self) -> tuple[Holding, ...]:
        lines = self.cleaned_data["holdings"].splitlines()
        return tuple(_holding(number, line) for number, line in enumerate(lines, 1) if line.strip())


class AnyOrganisationForm(OrganisationForm):
    """服务台登记主体: any organisation, in any role."""

    code = forms.CreditCodeField(label="统一社会信用代码", help_text="18 位，与证照一致")
    roles = forms.TicksField(label="身份", choices=[(role.value, role.label) for role in PartyRole])
    branches = forms.TicksField(
        label="监督领域",
        choices=catalog.branches().items(),
        required=False,
        help_text="只有行政监督部门填写；都不选的为综合监管，监督全部领域。登记后由平台的管理者在主机上变更",
    )
    is_pledged = forms.TickField(label="该单位已书面承诺：所填信息真实、合法、有效，愿意承担失信责任")
    field_order = ("code", "name", "kind", "region", "roles", "branches")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("branches") and PartyRole.AUTHORITY not in data.get("roles", ()):
            self.add_error("branches", "只有行政监督部门可以登记监督领域")
        return data


class PersonForm(forms.Form):
    """登记人员."""

    login = forms.TextField(label="登录名", max_length=100, help_text="本人登录时输入，登记后不变")
    name = forms.TextField(label="姓名", max_length=100)
    role = forms.ChoiceField(
        label="任职身份", choices=[("", "请选择")] + [(role.value, role.label) for role in GRANTED]
    )
    organisation = forms.CreditCodeField(
        label="所属单位的统一社会信用代码", required=False, help_text="单位须先登记；评标专家不填"
    )
    region = forms.RegionCodeField(label="行政区划代码", help_text="六位数字，如 980102；办理范围含所辖区县")

    def clean_region(self) -> RegionCode | None:
        return known_region(self.cleaned_data["region"])

    def clean_organisation(self) -> CreditCode | None:
        code: CreditCode | None = self.cleaned_data["organisation"] or None
        if code is not None and not queries.is_registered(code):
            raise ValidationError("这个单位还没有登记，请先登记主体")
        return code


class BindForm(forms.Form):
    """绑定数字证书."""

    file = forms.FileField(label="数字证书", endings=(".pem", ".crt", ".cer"), help_text="PEM 格式，不含私钥")


class ResetForm(forms.Form):
    """重置口令."""

    reason = forms.LongTextField(
        label="原因", rows=2, max_length=500, help_text="如：本人携身份证到服务台，遗忘口令。原因记入日志"
    )


def known_region(region: RegionCode | None) -> RegionCode | None:
    """行政区划代码 that a registration may name."""
    if region is not None and not catalog.may_work_in(region):
        raise ValidationError(f"行政区划代码{region}不在区划表中")
    return region


def _qualification(number: int, line: str) -> Qualification:
    parts = [part.strip() for part in line.replace(",", "，").split("，")]
    if len(parts) not in (3, 4) or not all(parts):
        raise ValidationError(f"第{number}行资质请写成“名称，等级，证书编号，有效期”，用逗号分开")
    try:
        until = date.fromisoformat(parts[3]) if len(parts) == 4 else None
    except ValueError:
        raise ValidationError(f"第{number}行资质的有效期请写成 2028-06-30 的样子") from None
    return Qualification(parts[0], parts[1], parts[2], until)


def _holding(number: int, line: str) -> Holding:
    parts = [part.strip() for part in line.replace(",", "，").split("，")]
    try:
        if len(parts) not in (2, 3) or not parts[0]:
            raise ValueError("不是两项或三项")
        share = Rate.parse(parts[1])
        if not 0 < share.value <= 1:
            raise ValueError("比例不在 0 至 100 % 之间")
        code = CreditCode.parse(parts[2]) if len(parts) == 3 and parts[2] else None
    except ValueError:
        raise ValidationError(
            f"第{number}行股东请写成“名称，比例，统一社会信用代码”，比例如 60%，个人不写代码"
        ) from None
    return Holding(parts[0], share, code)


def told(code: CreditCode, data: dict[str, Any], kept: tuple[PartyRole, ...] = ()) -> PartyForm:
    """The cleaned values as the register wants them; `kept` are roles an organisation cannot choose."""
    number = "".join(data["account_number"].split())
    return PartyForm(
        code=code,
        name=data["name"].strip(),
        kind=PartyKind(data["kind"]),
        region=data["region"],
        roles=(*(PartyRole(role) for role in data["roles"]), *kept),
        representative=data["representative"],
        address=data["address"],
        phone=data["phone"],
        basic_account=BankAccount(data["name"].strip(), data["account_bank"], number) if number else None,
        licence_until=data["licence_until"],
        qualifications=data["qualifications"],
        holdings=data["holdings"],
        is_pledged=data["is_pledged"],
        branches=tuple(data.get("branches", ())),
    )


def initial(facts: PartyFacts) -> dict[str, Any]:
    """What the register knows already."""
    account = facts.basic_account
    return {
        "name": facts.name,
        "kind": facts.kind.value,
        "region": facts.region,
        "roles": [role.value for role in facts.roles],
        "representative": facts.representative,
        "address": facts.address,
        "phone": facts.phone,
        "licence_until": facts.licence_until,
        "account_bank": account.bank if account else "",
        "account_number": account.number if account else "",
        "qualifications": "\n".join(_line(held) for held in facts.qualifications),
        "holdings": "\n".join(_held(one) for one in facts.holdings),
    }


def _line(held: Qualification) -> str:
    parts = [held.name, held.grade, held.number]
    return "，".join([*parts, held.valid_until.isoformat()] if held.valid_until else parts)


def _held(one: Holding) -> str:
    parts = [one.holder, f"{(one.share.value * 100).normalize():f}%"]
    return "，".join([*parts, str(one.code)] if one.code else parts)
