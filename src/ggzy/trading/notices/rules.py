"""公告的规则: what a notice must say, what it should not, and how versions differ."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ggzy.kernel.digest import digest
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog import values as catalog
from ggzy.trading.notices.events import NoticePublished
from ggzy.trading.notices.values import (
    KINDS,
    Block,
    Change,
    Check,
    Finding,
    Gap,
    KeyFact,
    NoticeDraft,
    NoticeFacts,
)
from ggzy.trading.projects.values import LotFacts

TITLE_MAX = 300
BODY_MAX = 400_000
ATTACHMENTS_MAX = 50


@dataclass(frozen=True)
class Labels:
    """称谓 of the lines every notice carries: what this trade calls the owner, the lot, a repetition."""

    owner: str = "招标人"
    lot: str = "标段"
    again: str = "招标"
    agency: str = "招标代理机构"


TENDER = Labels()


def completed(
    draft: NoticeDraft, lot: LotFacts, owner: str, agency: str | None, say: Labels = TENDER
) -> NoticeDraft:
    """补全公告: the lines every notice carries, taken from the lot and never typed."""
    standard = [
        KeyFact("项目名称", lot.project_title),
        KeyFact(f"{say.lot}名称", lot.title),
        KeyFact("统一交易标识码", str(lot.code)),
        *([KeyFact(f"{say.again}次数", f"第{draft.round}次{say.again}")] if draft.round > 1 else []),
        KeyFact(say.owner, owner),
        *([KeyFact(say.agency, agency)] if agency else []),
    ]
    given = {fact.label for fact in draft.facts}
    lines = tuple(fact for fact in standard if fact.label not in given) + draft.facts
    return replace(draft, facts=lines)


def may_publish(
    draft: NoticeDraft, lot: LotFacts, amended: NoticeFacts | None, known_files: frozenset[str]
) -> Verdict:
    """公告发布条件. Basis: 招标公告和公示信息发布管理办法 §5, §6: content and form, all at once."""
    kind = KINDS.get(draft.kind)
    if kind is None:
        return Verdict((Reason("kind_unknown", f"没有“{draft.kind}”这种公告"),))
    return judge(
        [
            (bool(draft.title.strip()), Reason("title_missing", "公告标题未填写")),
            (
                len(draft.title) <= TITLE_MAX,
                Reason("title_too_long", f"公告标题最多{TITLE_MAX}个字，现为{len(draft.title)}个字"),
            ),
            (
                draft.round == lot.round,
                Reason("round_passed", f"标段现为第{lot.round}次招标，公告写的是第{draft.round}次"),
            ),
            *_amending(draft, amended),
            (len(text_of(draft)) <= BODY_MAX, Reason("body_too_long", f"公告正文最多{BODY_MAX:,}个字")),
            (
                len(draft.attachments) <= ATTACHMENTS_MAX,
                Reason("too_many_attachments", f"附件最多{ATTACHMENTS_MAX}个"),
            ),
            *(
                (file.digest in known_files, Reason("attachment_missing", f"附件“{file.name}”尚未上传完成"))
                for file in draft.attachments
            ),
            *(
                (not lot.must_tender, Reason("item_missing", f"{kind.name}未载明“{gap.name}”", gap.article))
                for gap in gaps(draft, has_agency=lot.agency is not None)
            ),
        ]
    )


def _amending(draft: NoticeDraft, amended: NoticeFacts | None) -> Iterator[tuple[bool, Reason]]:
    if draft.amends is None:
        return
    kind = KINDS[draft.kind]
    yield kind.amends, Reason("kind_amends_nothing", f"{kind.name}不能用来更正其他公告")
    yield (
        amended is not None and amended.lot == draft.lot,
        Reason("amended_missing", "被更正的公告不存在，或不属于本标段"),
    )
    yield (
        amended is None or amended.amended_by is None,
        Reason("amended_already", "被更正的公告已有更新的版本，请更正最新版本"),
    )


def gaps(draft: NoticeDraft, *, has_agency: bool) -> tuple[Gap, ...]:
    """缺项: the items of this kind that no line or heading of the notice carries."""
    said = {fact.label for fact in draft.facts if fact.text.strip()}
    said |= {block.heading for block in draft.body if block.text.strip() or block.table}
    return tuple(
        Gap(item.name, item.article)
        for item in KINDS[draft.kind].items
        if (has_agency or not item.agency) and said.isdisjoint((item.name, *item.labels))
    )


def exclusions(draft: NoticeDraft) -> tuple[Finding, ...]:
    """排斥性表述扫描 of what asks for bids, not of results. Basis: 招标投标法实施条例 §32. A person decides."""
    if draft.kind in KINDS and KINDS[draft.kind].group != "公告":
        return ()
    found = (
        Finding(hit.code, hit.phrase, where, hit.text, hit.rule)
        for where, text in _passages(draft)
        for hit in catalog.exclusions(text)
    )
    return tuple(dict.fromkeys(found))


def check(draft: NoticeDraft, *, has_agency: bool) -> Check:
    """发布前检查."""
    return Check(gaps(draft, has_agency=has_agency), exclusions(draft))


def digest_of(draft: NoticeDraft) -> str:
    """公告摘要: over the canonical form of everything that is published."""
    content = json.dumps(canonical(draft), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest(content.encode())


def canonical(draft: NoticeDraft) -> dict[str, Any]:
    """公告的规范内容, as stored and hashed."""
    return {
        "lot": str(draft.lot),
        "round": draft.round,
        "kind": draft.kind,
        "title": draft.title,
        "facts": [[fact.label, fact.text] for fact in draft.facts],
        "body": [
            {"heading": block.heading, "text": block.text, "table": [list(row) for row in block.table]}
            for block in draft.body
        ],
        "attachments": [[file.name, file.digest, file.bytes] for file in draft.attachments],
        "amends": draft.amends,
    }


def difference(before: NoticeFacts, after: NoticeFacts) -> tuple[Change, ...]:
    """前后对照: what the new version says otherwise, line by line, in the order of the new version.

    A correction that repeats only what changed leaves the other lines of the old notice in force, so a
    line it does not mention is not a difference.
    """
    old, new = _lines(before), _lines(after)
    return tuple(
        Change(label, old.get(label, ""), text) for label, text in new.items() if old.get(label, "") != text
    )


def _lines(notice: NoticeFacts) -> dict[str, str]:
    lines = {"标题": notice.title}
    lines |= {fact.label: fact.text for fact in notice.facts}
    lines |= {block.heading: _block_text(block) for block in notice.body}
    lines["附件"] = "、".join(file.name for file in notice.attachments)
    return {label: text for label, text in lines.items() if text}


def text_of(draft: NoticeDraft) -> str:
    """公告全文, for search and for the limit of length."""
    lines = [draft.title, *(f"{fact.label} {fact.text}" for fact in draft.facts)]
    lines += [f"{block.heading} {_block_text(block)}" for block in draft.body]
    return "\n".join(lines)


def normal(text: str) -> str:
    """检索规范形: full width, case and spaces are how people type, not what they look for."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def grams(text: str) -> frozenset[str]:
    """二字词组: every pair of neighbouring characters, the shortest thing people search for."""
    plain = normal(text)
    return frozenset(plain[start : start + 2] for start in range(len(plain) - 1))


def terms(text: str) -> tuple[str, ...]:
    """检索词: the words of a query, split at spaces and commas."""
    words = re.split(r"[\s,，、；;]+", unicodedata.normalize("NFKC", text).casefold().strip())
    return tuple(dict.fromkeys(word for word in words if word))


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """事实归并: how many notices, and the digest of the last one."""
    published = [fact.event for fact in facts if isinstance(fact.event, NoticePublished)]
    return {
        "notices.count": len(published),
        "notices.last": published[-1].digest if published else None,
    }


def _passages(draft: NoticeDraft) -> Iterator[tuple[str, str]]:
    yield from ((fact.label, fact.text) for fact in draft.facts)
    yield from ((block.heading, _block_text(block)) for block in draft.body)


def _block_text(block: Block) -> str:
    return "\n".join([block.text, *("\t".join(row) for row in block.table)]).strip()
