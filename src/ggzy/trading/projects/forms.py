"""入场登记的表单."""

from typing import Any

from ggzy.foundation.ui import forms
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ProjectCode, RegionCode
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Category, Side, Trait
from ggzy.trading.projects import queries
from ggzy.trading.projects.values import Nature, NewLot, NewProject, Order, PriceForm, ProjectFacts

TEXT_MAX = 5000
BY_WORDS = ("", "由平台按采购内容判断")
PRICE_ALONE = ("", "不评审（拍卖、挂牌、竞价）")


class ProjectForm(forms.Form):
    """项目登记. The party one acts for is never typed."""

    title = forms.TextField(label="项目名称", max_length=1000, help_text="与批准文件一致")
    owner = forms.CreditCodeField(label="招标人（出让人、转让方）的统一社会信用代码")
    agency = forms.CreditCodeField(
        label="代理机构的统一社会信用代码", required=False, help_text="自行办理的不填"
    )
    region = forms.ChoiceField(label="项目所在地", choices=())
    funding = forms.TextField(
        label="资金来源",
        max_length=TEXT_MAX,
        required=False,
        help_text="招标、采购的必填，如：财政资金、国有企业自筹、银行贷款；出让、转让、出租的不填",
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
    """标段登记: what is bought or sold in words first; the catalogue answers before anything is registered.

    The category decides what is asked: a purchase by tender its scoring, a sale its own particulars.
    """

    content = forms.LongTextField(
        label="标的内容",
        max_length=TEXT_MAX,
        rows=4,
        help_text="用一两句话说明内容、范围和规模，平台据此判定是否必须进场交易",
    )
    title = forms.TextField(label="名称", max_length=1000)
    estimate = forms.AmountField(label="估算价", help_text="可写 198万、1,980,000 或者 壹佰玖拾捌万元整")
    period = forms.TextField(label="工期或交货期", max_length=1000, required=False)
    quality = forms.TextField(label="质量要求", max_length=1000, required=False)

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category = category
        self.fields["title"].label = f"{category.lot_word}名称"
        if category.side is Side.SELL:
            self.fields["content"].label = "出让、转让或出租什么"
            self.fields["estimate"].label = "评估价（估价）"
            del self.fields["period"], self.fields["quality"]
        else:
            self.fields["content"].label = "采购什么"
            self.fields |= {"nature": _nature()}
        self.fields |= _choices(category)
        self.fields |= {f"trait_{trait.code}": _asked(trait) for trait in category.traits}
        self.order_fields(["content", "title", "estimate", "nature", *_choices(category), "price_form"])


def _nature() -> forms.ChoiceField:
    bought = [(one.value, one.label) for one in Nature if one is not Nature.ASSET]
    return forms.ChoiceField(label="标的性质", choices=[BY_WORDS, *bought], required=False)


def _choices(category: Category) -> dict[str, Any]:
    """交易分类, 交易方式 and, where somebody scores, 评审办法 and 报价形式: no question with one answer."""
    codes = [(code.code, f"{code.name}（{code.code}）") for code in category.codes]
    methods = carried(category)
    found: dict[str, Any] = {}
    if category.scoring and category.side is Side.BUY:
        found["deal_category"] = forms.ChoiceField(
            label="交易分类", choices=[BY_WORDS, *codes], required=False
        )
    elif len(codes) > 1:
        found["deal_category"] = forms.ChoiceField(label="交易分类", choices=codes)
    if len(methods) > 1:
        named = [(code, catalog.method_name(code)) for code in methods]
        found["method"] = forms.ChoiceField(label="交易方式", choices=named)
    if category.scoring:
        is_open = any(not catalog.is_scored(code) for code in methods)  # some methods go by open price alone
        scorings = [(code, catalog.scoring_name(code)) for code in category.scoring]
        found["scoring"] = forms.ChoiceField(
            label="评审办法", choices=[*([PRICE_ALONE] if is_open else []), *scorings], required=not is_open
        )
    if category.scoring and category.side is Side.BUY:
        prices = [(one.value, one.label) for one in PriceForm]
        found["price_form"] = forms.ChoiceField(label="报价形式", choices=prices)
    return found


def carried(category: Category) -> tuple[str, ...]:
    """平台已开通的交易方式 of a category: a tender needs a way of scoring."""
    return tuple(code for code in category.methods if category.scoring or not catalog.is_scored(code))


def _asked(trait: Trait) -> forms.TextField:
    return forms.TextField(
        label=trait.label, max_length=TEXT_MAX, required=trait.is_required, help_text=f"如：{trait.example}"
    )


def new_lot(project: ProjectFacts, category: Category, data: dict[str, Any]) -> NewLot:
    """标段登记表; what was left to the platform is judged by the words, what has one answer is given."""
    guess = queries.guess(f"{data['title']}{data['content']}")
    only = category.codes[0].code if len(category.codes) == 1 else guess.deal_category
    method = data.get("method") or carried(category)[0]
    given = {trait.code: data.get(f"trait_{trait.code}", "") for trait in category.traits}
    return NewLot(
        project=ProjectCode(project.code),
        title=data["title"],
        content=data["content"],
        nature=Nature(data.get("nature") or guess.nature),
        deal_category=data.get("deal_category") or only,
        method=method,
        scoring=data.get("scoring", "") if catalog.is_scored(method) else "",
        estimate=data["estimate"],
        price_form=PriceForm(data.get("price_form") or PriceForm.AMOUNT),
        period=data.get("period", ""),
        quality=data.get("quality", ""),
        particulars=catalog.particulars(category.key, given),
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
