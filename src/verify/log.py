"""日志的核验: signatures, inclusion, consistency, chains, moments, receipts (V2, V4, V5, V6, V8, V10)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import Any

from verify.dossier import Dossier, Entry
from verify.hashing import canonical, chain_start, commitment, is_beginning, is_included, link, microseconds
from verify.notes import Head, Key, Note, decoded
from verify.report import Check

RECEIPT = "ggzy.receipt/1"
PROOF = "c2sp.org/tlog-proof@v1"
SIMULATED = "/simulated/"


def check_signatures(dossier: Dossier, is_trusted: bool) -> Check:
    """V2: every checkpoint is signed by the log key, in the name of one log."""
    check = Check("V2", "存证点由日志密钥签名")
    for head in (dossier.head, *(head for head, _ in dossier.heads)):
        check.require(head.note.is_signed_by(dossier.log_key), f"{head.size} 条的存证点签名不成立")
        check.require(head.origin == dossier.head.origin, f"{head.size} 条的存证点属于另一日志 {head.origin}")
    check.require(dossier.head.origin == dossier.log_key.name, "公钥不是这一日志的公钥")
    check.require(dossier.head.algorithm == dossier.index["algorithm"], "日志名与目录的摘要算法不符")
    if SIMULATED in dossier.head.origin:
        check.notes.append("本日志使用模拟时间，只用于演示或演练，不是真实交易")
    if not is_trusted:
        check.notes.append("公钥取自案卷本身；请用 --trust 指定您从可信渠道取得的公钥文件")
    return check


def check_inclusion(dossier: Dossier) -> Check:
    """V4: every entry is a leaf of the signed tree, at its height."""
    check, head = Check("V4", "每一条都在已签名的树中"), dossier.head
    for entry in dossier.entries:
        path = dossier.proofs.get(entry.height)
        leaf = dossier.hasher.leaf(b"\x01" + entry.chain)
        check.require(
            path is not None
            and is_included(dossier.hasher, leaf, entry.height - 1, head.size, path, head.root),
            f"{entry.place}（高度 {entry.height}）的包含证明不成立",
        )
    return check


def check_consistency(dossier: Dossier, kept: Head | None, given: dict[str, Any] | None) -> Check:
    """V5: every earlier head, and the one the reader kept, is the beginning of the last."""
    check, last = Check("V5", "此前的存证点都是最后一个的前身"), dossier.head
    for head, path in dossier.heads:
        check.require(_continues(dossier, head, path), f"{head.size} 条与 {last.size} 条的存证点不一致")
    if kept is None:
        return check
    check.require(kept.note.is_signed_by(dossier.log_key), "您保存的存证点签名不成立")
    if kept.origin != last.origin:
        check.require(False, f"您保存的存证点属于另一日志 {kept.origin}")
        return check
    proof = _path_from(dossier, kept, given)
    if kept.size > last.size:
        check.gaps.append(f"您保存的存证点有 {kept.size} 条，比案卷的 {last.size} 条更新，请取得新的案卷")
    elif proof is None:
        check.gaps.append(
            f"案卷没有从 {kept.size} 条到 {last.size} 条的一致性证明，请从 "
            f"/log/…/proof/consistency?old={kept.size}&new={last.size} 取得并以 --consistency 指定"
        )
    else:
        check.require(_continues(dossier, kept, proof), f"日志不是您保存的 {kept.size} 条存证点的延续")
    return check


def check_chains(dossier: Dossier) -> Check:
    """V6: each stream is dense from 1; each link follows from its predecessor and from its body."""
    check, streams = Check("V6", "各流连续，链值与内容相符"), defaultdict(list)
    for entry in dossier.entries:
        streams[entry.stream].append(entry)
    for stream, entries in streams.items():
        check.require(_is_wanted(dossier, stream), f"流 {stream} 不属于本案卷")
        previous = chain_start(dossier.hasher, stream)
        for number, entry in enumerate(entries, 1):
            if not check.require(entry.seq == number, f"{stream} 缺第 {number} 条"):
                break
            check.require(entry.previous == previous, f"{entry.place}与前一条不相接")
            check.require(_is_bound(dossier, entry), f"{entry.place}的内容与承诺不符")
            previous = entry.chain
    _check_archived(dossier, check)
    return check


def check_moments(dossier: Dossier) -> Check:
    """V8: within a stream moments only grow, and heights with them."""
    check = Check("V8", "同一流的时刻与高度只增不减")
    last: dict[str, Entry] = {}
    for entry in dossier.entries:
        before = last.get(entry.stream)
        if before is not None:
            check.require(
                microseconds(before.at) < microseconds(entry.at) and before.height < entry.height,
                f"{entry.place}的时刻或高度不晚于前一条",
            )
        last[entry.stream] = entry
    return check


def check_receipts(dossier: Dossier, receipts: list[tuple[str, dict[str, Any]]]) -> Check:
    """V10: each receipt is signed, and what it promises is in its stream, unchanged."""
    check = Check("V10", "回执所载的事实在案卷中且未变")
    for name, file in receipts:
        for fault in _receipt_faults(dossier, file):
            check.require(False, f"{name}：{fault}")
        check.looked += 1
    return check


def _continues(dossier: Dossier, old: Head, path: list[bytes]) -> bool:
    new = dossier.head
    return is_beginning(dossier.hasher, old.size, old.root, new.size, new.root, path)


def _path_from(dossier: Dossier, kept: Head, given: dict[str, Any] | None) -> list[bytes] | None:
    if kept.size == dossier.head.size:
        return []
    if given and (given["old"], given["new"]) == (kept.size, dossier.head.size):
        return [bytes.fromhex(step) for step in given["hashes"]]
    return next((path for head, path in dossier.heads if head.size == kept.size), None)


def _is_wanted(dossier: Dossier, stream: str) -> bool:
    return any(stream == name or stream.startswith(f"{name}/") for name in dossier.index["streams"])


def _is_bound(dossier: Dossier, entry: Entry) -> bool:
    """A body that is shown hashes to its commitment, is canonical, and names its own stream."""
    if entry.event is None or entry.nonce is None:
        return entry.event is None and entry.nonce is None
    said = json.loads(entry.event)
    return (
        commitment(dossier.hasher, entry.nonce, entry.event) == entry.commitment
        and canonical(said) == entry.event
        and said["stream"] == entry.stream
    )


def _check_archived(dossier: Dossier, check: Check) -> None:
    """An archived dossier names how many facts it has, and the digest over them: none can be left out."""
    for archived in dossier.of("dossier.archived"):
        body = archived.body or {}
        facts = [entry for entry in dossier.entries if entry.height <= body["height"]]
        check.require(
            len(facts) == body["facts"], f"归档时有 {body['facts']} 条事实，案卷中有 {len(facts)} 条"
        )
        if any(entry.body is None for entry in facts):
            continue
        rows = [
            canonical({"at": fact.at, "body": fact.body, "height": fact.height}) + b"\n" for fact in facts
        ]
        algorithm, _, figures = body["digest"].partition(":")
        is_same = algorithm == "sha256" and hashlib.sha256(b"".join(rows)).hexdigest() == figures
        check.require(is_same, "案卷摘要与归档事实所记不符")


def _receipt_faults(dossier: Dossier, file: dict[str, Any]) -> list[str]:
    text = _signed_text(dossier, file["note"])
    if text is None:
        return ["签名不成立"]
    header, _, rest = text.partition("\n")
    if header != RECEIPT:
        return ["不是回执"]
    said = json.loads(rest)
    chain, event = bytes.fromhex(said["chain"]), file["event"].encode()
    committed = commitment(dossier.hasher, bytes.fromhex(said["nonce"]), event)
    previous = bytes.fromhex(said["previous"])
    faults = []
    if link(dossier.hasher, said["stream"], said["seq"], said["at"], previous, committed) != chain:
        faults.append("所附内容与回执的链值不符")
    found = [entry for entry in dossier.stream(said["stream"]) if entry.seq == said["seq"]]
    if not found:
        faults.append(f"案卷中没有 {said['stream']} 第 {said['seq']} 条")
    elif (found[0].chain, found[0].height, found[0].at) != (chain, said["height"], said["at"]):
        faults.append(f"案卷中 {found[0].place}与回执不同")
    if file.get("proof"):
        faults += _proof_faults(dossier, file["proof"], chain, said["height"])
    return faults


def _signed_text(dossier: Dossier, note: str) -> str | None:
    """The receipt, signed by itself or as a leaf of the tree of its batch; None where no signature bears it."""
    body, _, rest = note.partition("\n\n")
    if not rest.startswith(PROOF):
        single = Note.parse(note)
        return single.text if single.is_signed_by(dossier.receipt_key) else None
    text = f"{body}\n"
    head, _, tail = rest.partition("\n\n")
    (_, index, *steps), signed = head.split("\n"), Head.parse(tail)
    is_borne = (
        signed.origin == dossier.receipt_key.name
        and signed.note.is_signed_by(dossier.receipt_key)
        and is_included(
            dossier.hasher,
            dossier.hasher.leaf(text.encode()),
            int(index.removeprefix("index ")),
            signed.size,
            list(map(decoded, steps)),
            signed.root,
        )
    )
    return text if is_borne else None


def _proof_faults(dossier: Dossier, text: str, chain: bytes, height: int) -> list[str]:
    head, _, tail = text.partition("\n\n")
    lines = head.split("\n")
    if lines.pop(0) != PROOF or not lines or lines.pop(0) != f"index {height - 1}":
        return ["存证证明的位置与回执不符"]
    signed = Head.parse(tail)
    path = [decoded(line) for line in lines]
    leaf = dossier.hasher.leaf(b"\x01" + chain)
    is_proven = is_included(dossier.hasher, leaf, height - 1, signed.size, path, signed.root)
    faults = [] if is_proven else ["存证证明不成立"]
    if not signed.note.is_signed_by(dossier.log_key):
        faults.append("存证证明所附存证点的签名不成立")
    known = {head.size: head.root for head in (dossier.head, *(head for head, _ in dossier.heads))}
    if known.get(signed.size, signed.root) != signed.root:
        faults.append(f"存证证明所附 {signed.size} 条的存证点与案卷中的不同：日志有两个历史")
    return faults


def trusted_keys(text: str) -> dict[str, str]:
    """信任的公钥. From a keys.json obtained elsewhere."""
    keys: dict[str, str] = json.loads(text)
    for name in ("log", "receipt"):
        Key.parse(keys[name])
    return keys
