"""出让、转让公告: the conditions, changed, extended, consented to."""

from ggzy.trading.auctions import events as auctions
from ggzy.trading.auctions.values import AuctionTerms
from ggzy.trading.dossier.values import AUCTION, ChapterForm, Detail, Words


def _terms(terms: AuctionTerms) -> tuple[Detail, ...]:
    timing = terms.format.timing
    return (
        Detail("起始价", str(terms.format.start)),
        Detail("保证金", f"{terms.deposit.figures()} 元"),
        Detail.moment("报名截止", terms.apply_until),
        Detail.moment("竞价开始", timing.starts_at),
        Detail.moment("竞价（挂牌）截止", timing.ends_at),
        Detail("保留价承诺", terms.format.reserve or "不设"),
    )


def _amended(fact: auctions.AuctionAmended) -> Words:
    is_material = Detail("是否影响价格", "是" if fact.is_material else "否")
    return Words("公告已变更", (Detail("原因", fact.reason), is_material, *_terms(fact.terms)))


def _extended(fact: auctions.DisclosureExtended) -> Words:
    ends = (Detail.moment("报名截止", fact.apply_until), Detail.moment("竞价开始", fact.starts_at))
    return Words("信息披露已延长", ends)


def _consented(fact: auctions.ConsentRecorded) -> Words:
    paper = (Detail("批准单位", fact.consent.authority), Detail("文件摘要", fact.consent.document))
    return Words("批准单位已书面同意", paper)


CHAPTER = ChapterForm(
    code="transfer",
    name="出让、转让公告",
    order=2,
    way=AUCTION,
    lines={
        auctions.PictureAdded: lambda fact: Words(
            "标的图片已上传", (Detail("说明", fact.picture.alt), Detail("摘要", fact.picture.digest))
        ),
        auctions.PictureRemoved: lambda fact: Words("标的图片已撤下", (Detail("摘要", fact.digest),)),
        auctions.AuctionAnnounced: lambda fact: Words("公告已发布", _terms(fact.terms)),
        auctions.AuctionAmended: _amended,
        auctions.DisclosureExtended: _extended,
        auctions.ConsentRecorded: _consented,
    },
)
