"""排斥限制竞争的表述: words in the notice, the terms or the criteria that shut bidders out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params
from ggzy.registers.catalog.values import Phrase, exclusion, exclusions
from ggzy.trading.dossier.values.record import LotRecord

AROUND = 30

INDICATOR = Indicator(
    code="F01",
    name="公告和文件中的排斥性表述",
    grade=Grade.YELLOW,
    version=2,
    basis="招标投标法 §18；招标投标法实施条例 §32；政府采购法实施条例 §20；公平竞争审查条例 §9；招标投标领域公平竞争审查规则 §6",
    why="注册地、本地业绩、规模、品牌等要求把能干的企业挡在门外，留给约定的几家。",
    quiet="法律、行政法规对资格另有规定；项目确有特殊需要且写明理由；扫描只看词句，可能误读。",
    params=(Param("phrases_min", 1, "至少几处", "招标投标法实施条例 §32：有一处即可核查", "处"),),
    kinds=(
        "notice.published",
        "tender.announced",
        "tender.clarified",
        "scheme.published",
        "auction.announced",
        "auction.amended",
        "documents.scanned",
    ),
)


@dataclass(frozen=True)
class _Hit:
    """One place: where it stands, at which height, which kind of exclusion, the phrase and the words around it."""

    where: str
    height: int
    code: str
    phrase: str
    excerpt: str

    @property
    def kind(self) -> tuple[str, str]:
        return exclusion(self.code) or ("排斥性表述", INDICATOR.basis)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    found = [*_written(record), *_attached(record)]
    noted = tuple(_noted(record, {hit.code for hit in found}))
    count = len(found) + len(noted)
    if not count or count < params["phrases_min"]:
        return
    kinds = list(dict.fromkeys([*(hit.kind[0] for hit in found), *(row.text for row in noted)]))
    yield Finding(
        sentence=(
            f"公告和文件中有 {count} 处表述可能{'、'.join(kind.partition('（')[0] for kind in kinds[:3])}"
            f"{'等' if len(kinds) > 3 else ''}。依据条款见各行，是否确有必要由人判断。"
        ),
        evidence=(
            *(Evidence(hit.where, f"{hit.excerpt}（{hit.kind[1]}）", hit.height) for hit in found),
            *noted,
        ),
        phrases=tuple(dict.fromkeys(hit.phrase for hit in found)),
        score=min(Decimal("0.9"), Decimal("0.3") + Decimal("0.1") * len(kinds)),
    )


def _written(record: LotRecord) -> Iterator[_Hit]:
    """What the facts themselves say."""
    for where, height, text in _passages(record):
        for hit in exclusions(text):
            yield _Hit(where, height, hit.code, hit.phrase, _excerpt(text, hit))


def _attached(record: LotRecord) -> Iterator[_Hit]:
    """What stands in the files of the bidding documents, as the scan of their text told."""
    for scan in record.scanned:
        for file in scan.files:
            for one in file.passages:
                yield _Hit(f"招标文件：{file.name}"[:60], scan.height, one.code, one.phrase, one.excerpt)


def _noted(record: LotRecord, seen: set[str]) -> Iterator[Evidence]:
    """What the check before publication had found in a notice whose text is not at hand: once each kind."""
    for notice in record.notices:
        for code in notice.phrases if not notice.text else ():
            known = exclusion(code)
            if known and code not in seen:
                seen.add(code)
                yield Evidence(
                    f"公告：{notice.title}"[:60],
                    f"{known[0]}（{known[1]}）",
                    notice.height,
                    f"/notices/{notice.notice}/",
                )


def _passages(record: LotRecord) -> Iterator[tuple[str, int, str]]:
    """What asks for bids, each text once: where it stands, at which height, what it says."""
    seen: set[str] = set()
    for where, height, text in _texts(record):
        if text.strip() and text not in seen:
            seen.add(text)
            yield where, height, text


def _texts(record: LotRecord) -> Iterator[tuple[str, int, str]]:
    terms, sale = record.terms, record.auction
    if terms:
        yield "投标人资格要求", terms.height, terms.qualification
        yield from ((f"评审因素：{one.name}", terms.height, one.words) for one in record.criteria)
    yield from (("澄清", one.height, one.text) for one in record.clarified)
    if sale:
        yield "竞买条件", sale.height, sale.conditions
    yield from ((f"公告：{one.title}"[:60], one.height, one.text) for one in record.notices)


def _excerpt(text: str, hit: Phrase) -> str:
    ahead, behind = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
    return " ".join(f"…{ahead}{hit.phrase}{behind}…".split())
