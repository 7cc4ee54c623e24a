"""目录的规则: must it enter, may it enter, is it outside; and how a region's numbers overlay the law's."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict
from ggzy.registers.catalog.values import (
    Category,
    Classification,
    Entry,
    Exemption,
    Funding,
    Limit,
    Particular,
    Rulebook,
    Subject,
    Thresholds,
    Trait,
    TraitKind,
)

TRAIT_MAX = 500
OUTSIDE_ARTICLE = "公共资源交易平台管理暂行办法 §8"


def classify(
    subject: Subject, category: Category | None, thresholds: Thresholds, exemptions: Sequence[Exemption]
) -> Classification:
    """应进必进判定. Basis: 招标投标法 §3; 必须招标的工程项目规定 §2–§5; 公共资源交易平台管理暂行办法 §8."""
    if category is None:
        text = f"交易分类“{subject.category}”不在公共资源交易目录内，不必也不得强制进入平台交易"
        return Classification(Entry.OUTSIDE, reasons=(Reason("outside", text, OUTSIDE_ARTICLE),))
    judges = {
        "threshold": lambda: _by_threshold(subject, thresholds, exemptions),
        "amount": lambda: _by_amount(subject, category),
        "always": lambda: (
            Entry.MUST,
            category.threshold,
            [Reason("listed", f"{category.name}应当进入平台交易", category.basis)],
        ),
        "listed": lambda: (
            Entry.MAY,
            category.threshold,
            [Reason("local_list", f"{category.name}按本地目录确定是否必须进场", category.basis)],
        ),
    }
    kind, threshold, reasons = judges[category.scope]()
    code = next((code for code in category.codes if code.code == subject.category), None)
    return Classification(
        kind=kind,
        category=category.key,
        name=category.name,
        national=code.code if code else "",
        authority=(code.authority if code else "") or category.authority,
        methods=category.methods,
        scoring=category.scoring,
        rulebook=category.rulebook,
        threshold=threshold,
        must_tender=kind is Entry.MUST and category.scope == "threshold",
        reasons=tuple(reasons),
        side=category.side,
        is_open=category.is_open,
        no_tender=category.no_tender,
    )


def named(authority: str, branches: Mapping[str, str]) -> frozenset[str]:
    """主管部门 that the words name, with or without “部门” behind them."""
    return frozenset(code for code, name in branches.items() if name.removesuffix("部门") in authority)


def _by_threshold(
    subject: Subject, thresholds: Thresholds, exemptions: Sequence[Exemption]
) -> tuple[Entry, Money, list[Reason]]:
    limit = thresholds.of(subject.nature)
    ground = _ground(subject, thresholds)
    size = _size(subject, thresholds, limit)
    exempt = next((exemption for exemption in exemptions if exemption.code == subject.exemption), None)
    if ground is None:
        reason = Reason(
            "private_funds",
            "项目不使用国有资金或者国际组织、外国政府资金，也不是列明的公用事业项目，不属于必须招标的项目",
            thresholds.article_funds,
        )
        return Entry.MAY, limit, [reason]
    if size is None:
        return Entry.MAY, limit, [ground, *_below(subject, thresholds, limit)]
    if exempt is not None:
        reason = Reason("exempt", f"符合可以不进行招标的情形：{exempt.text}", exempt.article)
        return Entry.MAY, limit, [ground, size, reason]
    return Entry.MUST, limit, [ground, size]


def _ground(subject: Subject, thresholds: Thresholds) -> Reason | None:
    """Why the project is one the law means; None if it is not."""
    if subject.funding is Funding.AID:
        return Reason("aid", "使用国际组织或者外国政府贷款、援助资金的项目", thresholds.article_aid)
    if subject.funding is Funding.ENTERPRISE:
        return Reason(
            "state_enterprise", "使用国有企业资金并占控股或者主导地位的项目", thresholds.article_funds
        )
    if subject.funding is Funding.STATE and not _is_minor_budget(subject, thresholds):
        return Reason("state_funds", "使用财政性资金的项目", thresholds.article_funds)
    if subject.is_utility:
        text = "列入范围的大型基础设施、公用事业等关系社会公共利益、公众安全的项目"
        return Reason("utility", text, thresholds.article_utility)
    if subject.funding is Funding.UNSTATED:
        return Reason(
            "funding_unstated",
            "资金来源未写明是否为国有资金，按使用国有资金的项目处理",
            thresholds.article_funds,
            "如为非国有资金，请在资金来源中写明",
        )
    return None


def _is_minor_budget(subject: Subject, thresholds: Thresholds) -> bool:
    """Budget funds below the amount or below the share do not make a project public."""
    below = subject.budget is not None and subject.budget < thresholds.budget
    minor = subject.budget_share is not None and subject.budget_share < thresholds.budget_share
    return below or minor


def _size(subject: Subject, thresholds: Thresholds, limit: Money) -> Reason | None:
    """Why the contract is large enough; None if it is not. A figure that equals the limit reaches it."""
    if subject.estimate >= limit:
        text = f"合同估算价{subject.estimate}，达到{_nature(subject)}类必须招标的限额{limit}"
        return Reason("threshold_reached", text, thresholds.article_amount)
    total = Money.total((subject.estimate, *subject.together))
    if subject.together and subject.combinable and total >= limit:
        text = (
            f"同一项目可以合并进行的{_nature(subject)}类采购共{len(subject.together) + 1}个，"
            f"估算价合计{total}，达到必须招标的限额{limit}"
        )
        return Reason("together_reached", text, thresholds.article_together)
    if thresholds.investment and subject.investment and subject.investment >= thresholds.investment:
        text = f"项目总投资{subject.investment}，达到必须招标的限额{thresholds.investment}"
        return Reason("investment_reached", text, thresholds.article_amount)
    return None


def _below(subject: Subject, thresholds: Thresholds, limit: Money) -> Iterable[Reason]:
    text = f"合同估算价{subject.estimate}，未达到{_nature(subject)}类必须招标的限额{limit}，可以自愿进场交易"
    yield Reason("below_threshold", text, thresholds.article_amount)
    total = Money.total((subject.estimate, *subject.together))
    if subject.together and total >= limit:
        yield Reason(
            "splitting",
            f"同一项目另有{len(subject.together)}个同类采购，合计{total}，已达到限额",
            "招标投标法 §4",
            "能够合并采购的，不得化整为零规避招标",
        )


def _by_amount(subject: Subject, category: Category) -> tuple[Entry, Money | None, list[Reason]]:
    if category.threshold is None or subject.estimate >= category.threshold:
        limit = f"限额{category.threshold}" if category.threshold else category.threshold_basis
        return (
            Entry.MUST,
            category.threshold,
            [Reason("threshold_reached", f"达到{category.name}的{limit}，应当进入平台交易", category.basis)],
        )
    text = f"未达到{category.name}的限额{category.threshold}（{category.threshold_basis}）"
    return (
        Entry.MAY,
        category.threshold,
        [Reason("below_threshold", text, category.basis, category.below_venue)],
    )


def _nature(subject: Subject) -> str:
    return {"works": "施工", "goods": "货物", "services": "服务"}[subject.nature]


def overlay(base: Sequence[Limit], local: Iterable[Limit]) -> tuple[Limit, ...]:
    """地方规则叠加: a region's numbers replace or join those of the law.

    Raises `ValueError` where a region would loosen a number of statute.
    """
    merged = {limit.name: limit for limit in base}
    for limit in local:
        above = merged.get(limit.name)
        if above is not None and above.severity == "block" and _is_looser(limit, above):
            raise ValueError(f"{limit.name}: {limit.value} would loosen {above.value} of {above.article}")
        merged[limit.name] = limit
    return tuple(merged.values())


def _is_looser(local: Limit, above: Limit) -> bool:
    if (local.op, local.unit) != (above.op, above.unit) or local.severity != above.severity:
        return True
    return {
        "min": local.value < above.value,
        "max": local.value > above.value,
        "eq": local.value != above.value,
    }[above.op]


def may_describe(category: Category, given: Sequence[Particular], rulebook: Rulebook) -> Verdict:
    """标的情况的条件: every required trait is there, numbers are numbers, no term is longer than the law's."""
    texts = {one.code: one.text.strip() for one in given}
    whole = " ".join(texts.values())
    reasons: list[Reason] = []
    for trait in category.traits:
        text = texts.get(trait.code, "")
        if not text and trait.is_required:
            reasons.append(Reason("trait_missing", f"未填写{trait.name}", remedy=f"如：{trait.example}"))
        elif len(text) > TRAIT_MAX:
            reasons.append(Reason("trait_too_long", f"{trait.name}最多 {TRAIT_MAX} 个字"))
        elif text and trait.kind is TraitKind.NUMBER and not _is_positive(text):
            reasons.append(Reason("trait_number", f"{trait.name}应为大于零的数，您填写的是“{text[:40]}”"))
        elif text and trait.kind is TraitKind.YEARS:
            reasons += _terms(category, trait, text, whole, rulebook)
    return Verdict(tuple(reasons))


def _is_positive(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text, re.ASCII)) and Decimal(text) > 0


def _terms(category: Category, trait: Trait, text: str, whole: str, rulebook: Rulebook) -> Iterable[Reason]:
    """每一段年限 against its limit: its own words decide, then those of the whole description."""
    found = re.findall(r"([^\d、，,；;]*)(\d{1,3})(?!\d)", text, re.ASCII)
    if not found or not all(int(years) for _, years in found):
        yield Reason("term_unreadable", f"{trait.name}应写明年数，您填写的是“{text[:40]}”")
        return
    for words, years in found:
        limit = _term_limit(category, (words, whole), rulebook)
        if limit is not None and limit.severity == "block" and int(years) > limit.value:
            told = f"{trait.name} {years} 年超过{limit.text}（{limit.value} 年）"
            yield Reason("term_too_long", told, limit.article)


def _term_limit(category: Category, texts: Iterable[str], rulebook: Rulebook) -> Limit | None:
    for text in texts:
        for term in category.terms:
            if any(word in text for word in term.words):
                return rulebook.get(term.limit)
    return next((rulebook.get(term.limit) for term in category.terms if not term.words), None)


def funding_kind(text: str, words: Sequence[tuple[Funding, tuple[str, ...]]]) -> Funding:
    """资金性质 from words: the first group with a word that occurs; unstated if none does."""
    return next((kind for kind, group in words if any(word in text for word in group)), Funding.UNSTATED)


def lineage(region: RegionCode) -> tuple[RegionCode, ...]:
    """The region and what it lies in, from the country down."""
    parent = region.parent
    return (*(lineage(parent) if parent else ()), region)
