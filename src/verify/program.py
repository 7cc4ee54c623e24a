"""命令行: reads the arguments, runs every check, prints the report."""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from verify import log
from verify.auctions import check_auctions
from verify.checks import check_spot
from verify.dossier import Dossier, check_files, read
from verify.draws import check_draws
from verify.evaluation import check_evaluation
from verify.lot import check_close, check_opening, check_steps
from verify.notes import Head
from verify.report import BROKEN, Check, exit_code

VERDICTS = {0: "核验通过", 1: "核验不通过", 2: "无法判断"}
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, zipfile.BadZipFile)


def main(argv: list[str]) -> int:
    """核验案卷. Prints the report; returns the exit code."""
    options = _options(argv)
    checks = checks_of(options)
    code = exit_code(checks)
    if options.json:
        print(
            json.dumps(
                {"exit_code": code, "checks": [check.as_dict() for check in checks]}, ensure_ascii=False
            )
        )
    else:
        for check in checks:
            print("\n".join(check.lines()))
        failed = "、".join(check.code for check in checks if check.state == BROKEN)
        print(f"{VERDICTS[code]}：{options.file}" + (f"（{failed}）" if failed else ""))
    return code


def checks_of(options: argparse.Namespace) -> list[Check]:
    """全部核验. A file that cannot be read as what it should be fails the check that needs it."""
    try:
        if options.file.suffix.lower() == ".json":
            return [_guarded("V17", "抽查可由公开材料重算", lambda: check_spot(_json(options.file)))]
        with zipfile.ZipFile(options.file) as archive:
            files = _guarded("V1", "文件与目录一致", lambda: check_files(archive))
            trusted = log.trusted_keys(options.trust.read_text()) if options.trust else None
            dossier = read(archive, trusted)
    except OSError as error:
        return [_gap("V1", "文件与目录一致", f"不能读取：{error}")]
    except UNREADABLE as error:
        return [_fault("V1", "文件与目录一致", f"不是完整的案卷文件：{_words(error)}")]
    return [files, *_checks(dossier, options)]


def _checks(dossier: Dossier, options: argparse.Namespace) -> list[Check]:
    receipts = [(str(path), _json(path)) for path in options.receipt]
    kept = Head.parse(options.head.read_text()) if options.head else None
    given = _json(options.consistency) if options.consistency else None
    return [
        _guarded(code, title, run)
        for code, title, run in (
            ("V2", "存证点由日志密钥签名", lambda: log.check_signatures(dossier, bool(options.trust))),
            ("V4", "每一条都在已签名的树中", lambda: log.check_inclusion(dossier)),
            ("V5", "此前的存证点都是最后一个的前身", lambda: log.check_consistency(dossier, kept, given)),
            ("V6", "各流连续，链值与内容相符", lambda: log.check_chains(dossier)),
            ("V8", "同一流的时刻与高度只增不减", lambda: log.check_moments(dossier)),
            ("V9", "交易步骤次序合法", lambda: check_steps(dossier)),
            ("V10", "回执所载的事实在案卷中且未变", lambda: log.check_receipts(dossier, receipts)),
            ("V11", "截止之后没有投标", lambda: check_close(dossier)),
            ("V12", "开标名单即投标流的结果", lambda: check_opening(dossier)),
            ("V13", "抽取可由公开事实重算", lambda: check_draws(dossier)),
            ("V14", "竞价结果可由公开的报价重放", lambda: check_auctions(dossier)),
            ("V15", "评审结果可由评委的输入重算", lambda: check_evaluation(dossier)),
        )
    ]


def _guarded(code: str, title: str, run: Any) -> Check:
    """A fact of another shape than the published one cannot pass."""
    try:
        check: Check = run()
    except UNREADABLE as error:
        return _fault(code, title, f"事实的形式不对：{_words(error)}")
    return check


def _fault(code: str, title: str, text: str) -> Check:
    return Check(code, title, faults=[text], looked=1)


def _gap(code: str, title: str, text: str) -> Check:
    return Check(code, title, gaps=[text])


def _words(error: Exception) -> str:
    return f"{type(error).__name__} {error}"


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def _options(argv: list[str]) -> argparse.Namespace:
    own = argv[0] if zipfile.is_zipfile(argv[0]) else None
    parser = argparse.ArgumentParser(
        prog="verify", description="核验公共资源交易案卷：不需要联网，不需要信任平台。"
    )
    parser.add_argument(
        "file",
        type=Path,
        nargs="?" if own else None,
        default=own,
        help="案卷文件（ZIP），或者抽查的重算材料（JSON）",
    )
    parser.add_argument("--head", type=Path, help="您以前保存的存证点")
    parser.add_argument("--consistency", type=Path, help="从平台取得的一致性证明（与 --head 合用）")
    parser.add_argument("--receipt", type=Path, action="append", default=[], help="您的回执文件（可多次）")
    parser.add_argument("--trust", type=Path, help="您从可信渠道取得的公钥文件 keys.json")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出报告")
    return parser.parse_args(argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv))
