"""列名: which column of a stranger's table is which, told by its user or guessed from its name in nine languages."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

# As `folded` leaves them. Of several that fit the first counts, so the plainer words stand last.
NAMES: Mapping[str, str] = {
    "key": """auction auctionid auctionno tender tenderid lot lotid ocid contract contractid procedure procedureid
        projectid project id 标段编号 项目编号 竞价编号 招标编号 采购编号 标包编号 标段 标包 项目 入札番号 案件番号
        工事番号 契約番号 案件 入札 gara idgara codicegara cig asta lotto bando ausschreibung ausschreibungid submission
        vergabe auftrag los projekt appeldoffres enchere consultation marche licitacao leilao edital pregao
        concorrencia processo licitacion subasta contrato concurso 招標編號 標案案號""",
    "bid": """bid bids bidvalue bidvalues bidamount bidprice offer offers offerprice offeramount tenderprice quote quotation
        bidderprice bidderbid 投标报价 报价 投标价 投标金额 投标总价 报价金额 最终报价 响应报价 投标人报价 投標報價
        入札額 入札金額 入札価格 応札額 offerta offerte importoofferto prezzoofferto valoreofferta angebot angebote
        angebotspreis angebotssumme gebot offertpreis eingabesumme offre offres montantoffre montantdeloffre prixoffert
        lance lances proposta propostas valorproposta valordaproposta valorlance oferta ofertas valoroferta candidates
        amount price prices value importo prezzo preis betrag montant prix valor preco precio monto importe 金额 价格 金額""",
    "market": "dataset market 市场 数据集 市場 データセット mercato markt mercado",
    "label": """collusive collusion collusiveauction collusivecompetitor collusivetender iscollusive cartel iscartel
        cartelcase rigged bidrigging label target 串标 是否串标 围标 是否围标 串通 標記 标记 談合 カルテル collusione
        collusivo collusiva cartello turbativa kartell absprache kollusion entente conluio colusion""",
}
WORDS: Mapping[str, tuple[str, ...]] = {what: tuple(names.split()) for what, names in NAMES.items()}


@dataclass(frozen=True)
class Columns:
    """列: names as the file has them. Several bid columns stand for the bids of one auction in a row."""

    key: str | None
    bids: tuple[str, ...]
    market: str | None
    label: str | None


def folded(name: str) -> str:
    """比对用列名: letters and digits alone, without accents and what stands in brackets."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[(（\[].*?[)）\]]", "", name).casefold())
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in plain if letter.isalnum() or letter == "゙")
    )


def columns(header: Sequence[str], told: Mapping[str, Sequence[str]]) -> Columns:
    """认列: what `told` names, by name or pattern, and for the rest the best known name."""
    names = {name: folded(name) for name in header}
    chosen = {what: _told(header, told[what]) if told.get(what) else _known(names, what) for what in NAMES}
    first = {what: next(iter(found), None) for what, found in chosen.items()}
    bids = chosen["bid"] if told.get("bid") else _bids(names)
    return Columns(first["key"], bids, first["market"], first["label"])


def _told(header: Iterable[str], patterns: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in header if any(name == one or fnmatchcase(name, one) for one in patterns))


def _known(names: Mapping[str, str], what: str) -> tuple[str, ...]:
    return tuple(name for word in WORDS[what] for name, plain in names.items() if plain == word)


def _bids(names: Mapping[str, str]) -> tuple[str, ...]:
    """One column of bids, or else those that are numbered: `bid_1`, `报价2`, `Bidder3 price`."""
    numbered = {name: re.sub(r"\d+", "", plain) for name, plain in names.items() if re.search(r"\d", plain)}
    for word in WORDS["bid"]:
        one = [name for name, plain in names.items() if plain == word]
        many = [name for name, plain in numbered.items() if plain == word]
        if len(many) > 1:
            return tuple(many)
        if one:
            return (one[0],)
    return ()
