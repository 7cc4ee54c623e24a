"""入场登记的表单."""

from typing import Any

from ggzy.foundation.ui import forms
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ProjectCode, RegionCode
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.projects import queries
from ggzy.trading.projects.values import Nature, NewLot, NewProject, Order, PriceForm, ProjectFacts

TEXT_MAX = 5000


class ProjectForm(forms.Form):
    """项目登记. The party one acts for is never typed."""

    title = forms.TextField(label="项目名称", max_length=1000, help_text="与批准文件一致")
    owner = forms.CreditCodeField(label="招标人的统一社会信用代码")
    agency = forms.CreditCodeField(
        label="招标代理机构的统一社会信用代码", required=False, help_text="自行招标的不填"
    )
    region = forms.ChoiceField(label="项目所在地", choices=())
    funding = forms.TextField(
        label="资金来源", max_length=TEXT_MAX, help_text="如：财政资金、国有企业自筹、银行贷款"
    )
    approval = forms.TextField(label="审批、核准或者备案文号", max_length=TEXT_MAX, required=False)
    invest_code = forms.TextField(label="投资项目统一代码", max_length=40, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = "owner" if actor.role is Role.OWNER else "agency"
        del self.fields[mine]
        self.fields["region"] = forms.ChoiceField(label="项目所在地", choices=_regions(actor.region))
        self.order_fields(["title", "owner", "agency", "region"])


def new_project(actor: Actor, data: dict[str, Any]) -> NewProject:
    """项目登记表 of this actor."""
    assert actor.organisation is not None, "an owner or an agency acts for an organisation"
    is_owner = actor.role is Role.OWNER
    return NewProject(
        title=data["title"],
        owner=actor.organisation if is_owner else data["owner"],
        agency=(data["agency"] or None) if is_owner else actor.organisation,
        region=RegionCode(data["region"]),
        funding=data["funding"],
        approval=data["approval"],
        invest_code=data["invest_code"],
    )


class LotForm(forms.Form):
    """标段登记: what is bought in words first; the catalogue answers before anything is registered."""

    content = forms.LongTextField(
        label="采购什么",
        max_length=TEXT_MAX,
        rows=4,
        help_text="用一两句话说明内容、范围和规模，平台据此判定是否必须进场交易",
    )
    title = forms.TextField(label="标段名称", max_length=1000)
    estimate = forms.AmountField(label="估算价", help_text="可写 198万、1,980,000 或者 壹佰玖拾捌万元整")
    nature = forms.ChoiceField(label="标的性质", choices=(), required=False)
    deal_category = forms.ChoiceField(label="交易分类", choices=(), required=False)
    method = forms.ChoiceField(label="交易方式", choices=())
    scoring = forms.ChoiceField(label="评审办法", choices=())
    price_form = forms.ChoiceField(label="报价形式", choices=[(one.value, one.label) for one in PriceForm])
    period = forms.TextField(label="工期或交货期", max_length=1000, required=False)
    quality = forms.TextField(label="质量要求", max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_words = ("", "由平台按采购内容判断")
        natures = [by_words, *((one.value, one.label) for one in Nature)]
        self.fields["nature"] = forms.ChoiceField(label="标的性质", choices=natures, required=False)
        self.fields["deal_category"] = forms.ChoiceField(
            label="交易分类", choices=[by_words, *_categories()], required=False
        )
        self.fields["method"] = forms.ChoiceField(label="交易方式", choices=_methods())
        self.fields["scoring"] = forms.ChoiceField(label="评审办法", choices=_scorings())
        self.order_fields(
            ["content", "title", "estimate", "nature", "deal_category", "method", "scoring", "price_form"]
        )


def new_lot(project: ProjectFacts, data: dict[str, Any]) -> NewLot:
    """标段登记表; what was left to the platform is judged by the words."""
    guess = queries.guess(f"{data['title']}{data['content']}")
    return NewLot(
        project=ProjectCode(project.code),
        title=data["title"],
        content=data["content"],
        nature=Nature(data["nature"]) if data["nature"] else guess.nature,
        deal_category=data["deal_category"] or guess.deal_category,
        method=data["method"],
        scoring=data["scoring"],
        estimate=data["estimate"],
        price_form=PriceForm(data["price_form"]),
        period=data["period"],
        quality=data["quality"],
    )


class TerminateForm(forms.Form):
    """终止招标."""

    reason = forms.LongTextField(
        label="终止原因", max_length=TEXT_MAX, help_text="将写入终止公告，向社会公布"
    )
    article = forms.TextField(label="依据的条款", help_text="如 招标投标法实施条例 §31")
    sure = forms.TickField(label="我已知晓：终止后不能恢复，已缴纳的保证金将连同利息退还")


def order(authority: str, data: dict[str, Any]) -> Order:
    """终止决定 of the owner's side."""
    return Order(authority=authority, reason=data["reason"], article=data["article"])


def _regions(region: RegionCode) -> list[tuple[str, str]]:
    """The region of the membership and what lies below it, two levels down."""
    own = [] if region == RegionCode.COUNTRY else [catalog.region(region)]
    below = [one for upper in catalog.regions(region) for one in (upper, *catalog.regions(upper.code))]
    return [("", "请选择"), *((str(one.code), one.full_name) for one in (*own, *below))]


def _categories() -> list[tuple[str, str]]:
    return [
        (code.code, f"{code.name}（{code.code}）")
        for category in catalog.categories()
        if category.is_open
        for code in category.codes
    ]


def _methods() -> list[tuple[str, str]]:
    codes = dict.fromkeys(
        code for category in catalog.categories() if category.is_open for code in category.methods
    )
    return [(code, catalog.method_name(code)) for code in codes]


def _scorings() -> list[tuple[str, str]]:
    codes = dict.fromkeys(
        code for category in catalog.categories() if category.is_open for code in category.scoring
    )
    return [(code, catalog.scoring_name(code)) for code in codes]
