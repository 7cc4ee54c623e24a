"""命令行: python -m custodian init | trust | status | key | release | serve | forget."""

import argparse
import getpass
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from custodian.holder import Holder
from custodian.platform import DOORS, Platform, PlatformAway, Todo, is_protected, shares_body
from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.case import Case
from ggzy.kernel.codes import LotCode
from ggzy.kernel.note import VerifierKey
from ggzy.kernel.verdict import Refused

PASSWORD = "GGZY_CUSTODIAN_PASSWORD"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 when it was done, 1 when it was refused."""
    asked = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], None] = asked.run
        run(asked)
    except Refused as refused:
        for reason in refused.reasons:
            print(f"不予办理：{reason}", file=sys.stderr)
        return 1
    except (PlatformAway, OSError, ValueError) as error:
        print(f"未能完成：{error}", file=sys.stderr)
        return 1
    return 0


def init(asked: argparse.Namespace) -> None:
    """建立保管人的文件夹."""
    key = suites.private_from_pem(asked.key.read_bytes())
    certificate = asked.certificate.read_bytes()
    holder = Holder.create(
        asked.folder, certificate=certificate, identity_key=key, password=_password(asked, is_new=True)
    )
    print(f"已建立。保管人证书指纹：{holder.who}")


def trust(asked: argparse.Namespace) -> None:
    """钉住平台日志的公钥."""
    key = VerifierKey.parse(asked.log)
    _holder(asked).pin(key, asked.algorithm)
    print(f"已钉住平台日志：{key.name}")


def status(asked: argparse.Namespace) -> None:
    """说明现状."""
    holder = _holder(asked)
    print(f"保管人证书指纹：{holder.who}")
    print(f"平台日志：{holder.trust.log.name}")


def key(asked: argparse.Namespace) -> None:
    """写出一个标段的公钥声明, to be uploaded by hand."""
    statement = _holder(asked).statement(LotCode.parse(asked.lot), asked.round)
    asked.out.write_text(json.dumps(statement.body()))
    print(f"公钥声明：{asked.out}（请在平台的保管人页面上传）")


def release(asked: argparse.Namespace) -> None:
    """检查一个开标案, and write its shares to a file."""
    case = Case.read(asked.case.read_bytes())
    shares = _holder(asked).release(case, datetime.now(UTC) + timedelta(seconds=asked.clock_offset))
    if not asked.unattended and not _confirm(_question(case)):
        raise ValueError("保管人没有确认")
    asked.out.write_text(json.dumps(shares_body(shares)))
    print(f"份额：{asked.out}（请在平台的保管人页面上传）")


def serve(asked: argparse.Namespace) -> None:
    """轮询平台: makes keys when asked, releases shares when its own checks allow it."""
    if not is_protected(asked.url):
        raise ValueError("平台地址必须使用 https")
    holder = _holder(asked)
    offset = timedelta(seconds=asked.clock_offset)
    platform = Platform(asked.url, holder, lambda: datetime.now(UTC) + offset)
    holder.trust.hasher(b"")
    confirm = (lambda question: True) if asked.unattended else _confirm
    said: set[str] = set()
    while True:
        for line in serve_once(platform, confirm):
            if line not in said:
                print(line, flush=True)
            said.add(line)
        if asked.once:
            return
        time.sleep(asked.interval)


def serve_once(platform: Platform, confirm: Callable[[str], bool]) -> list[str]:
    """办理一轮待办; says what was done and what was refused, and why. A closed door keeps nobody from the other."""
    lines = [line for door in DOORS for line in _serve_door(platform, door, confirm)]
    return list(dict.fromkeys(lines))


def _serve_door(platform: Platform, door: str, confirm: Callable[[str], bool]) -> list[str]:
    try:
        keys, cases = platform.todo(door)
    except PlatformAway as away:
        return [str(away)]
    done = []
    for todo in keys:
        done.append(_attempt(todo, "生成公钥", lambda todo: _make_key(platform, todo)))
    for todo in cases:
        done.append(_attempt(todo, "释放份额", lambda todo: _release(platform, todo, confirm)))
    return done


def forget(asked: argparse.Namespace) -> None:
    """销毁一个标段的密钥, once the award is final."""
    _holder(asked).forget(LotCode.parse(asked.lot), asked.round)
    print("本标段的密钥已销毁")


def _attempt(todo: Todo, what: str, act: Callable[[Todo], str]) -> str:
    title = f"{todo.lot} 第 {todo.round} 轮 {what}"
    try:
        return f"{title}：{act(todo)}"
    except Refused as refused:
        return f"{title}：不予办理：" + "；".join(map(str, refused.reasons))
    except PlatformAway as away:
        return f"{title}：{away}"


def _make_key(platform: Platform, todo: Todo) -> str:
    platform.post_key(todo, platform.holder.statement(todo.lot, todo.round))
    return "已提交"


def _release(platform: Platform, todo: Todo, confirm: Callable[[str], bool]) -> str:
    case = platform.case(todo)
    shares = platform.holder.release(case, platform.clock())
    if not confirm(_question(case)):
        return "保管人没有确认"
    platform.post_shares(todo, shares)
    return f"已释放 {_counted(case)}的 {len(shares)} 份份额"


def _question(case: Case) -> str:
    """Counts and no names."""
    return f"标段 {case.plan.lot} 共 {_counted(case)}，各项检查均已通过。现在释放份额吗？"


def _counted(case: Case) -> str:
    return f"{len(case.manifests)} 份{'密封报价' if case.is_auction else '投标文件'}"


def _confirm(question: str) -> bool:
    return input(f"{question}（输入“是”确认）").strip() in ("是", "y", "Y")


def _holder(asked: argparse.Namespace) -> Holder:
    return Holder(asked.folder, _password(asked))


def _password(asked: argparse.Namespace, *, is_new: bool = False) -> str | None:
    if asked.no_password:
        return None
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    password = getpass.getpass("口令：")
    if is_new and getpass.getpass("再输入一次：") != password:
        raise ValueError("两次输入的口令不一致")
    return password


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("custodian", description="开标密钥保管人的工具")
    parser.add_argument("--folder", type=Path, required=True, help="本保管人自己的文件夹")
    parser.add_argument("--no-password", action="store_true", help="密钥不加口令，只设文件权限（仅用于演示）")
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("init", help="建立文件夹")
    one.add_argument("--certificate", type=Path, required=True, help="保管人的证书（PEM）")
    one.add_argument("--key", type=Path, required=True, help="证书的私钥（PEM）")
    one.set_defaults(run=init)
    one = commands.add_parser("trust", help="钉住平台日志的公钥")
    one.add_argument("--log", required=True, help="平台日志公钥，形如 名称+编号+公钥")
    one.add_argument("--algorithm", default="sha256", choices=["sha256", "sm3"], help="日志的摘要算法")
    one.set_defaults(run=trust)
    one = commands.add_parser("status", help="说明现状")
    one.set_defaults(run=status)
    one = commands.add_parser("forget", help="定标后销毁一个标段的密钥")
    _add_lot(one)
    one.set_defaults(run=forget)
    one = commands.add_parser("key", help="写出一个标段的公钥声明")
    _add_lot(one)
    one.add_argument("--out", type=Path, required=True, help="写到这个文件")
    one.set_defaults(run=key)
    one = commands.add_parser("release", help="检查从平台下载的开标资料，写出份额")
    one.add_argument("--case", type=Path, required=True, help="从平台下载的开标资料")
    one.add_argument("--out", type=Path, required=True, help="写到这个文件")
    _add_demo(one)
    one.set_defaults(run=release)
    one = commands.add_parser("serve", help="轮询平台并办理待办")
    one.add_argument("--url", required=True, help="平台地址")
    one.add_argument("--interval", type=float, default=5.0, help="两次轮询之间的秒数")
    one.add_argument("--once", action="store_true", help="只办理一轮")
    _add_demo(one)
    one.set_defaults(run=serve)
    return parser


def _add_lot(one: argparse.ArgumentParser) -> None:
    one.add_argument("--lot", required=True, help="统一交易标识码")
    one.add_argument("--round", type=int, default=1, help="轮次")


def _add_demo(one: argparse.ArgumentParser) -> None:
    one.add_argument("--unattended", action="store_true", help="检查通过即释放，不等人确认（仅用于演示）")
    one.add_argument("--clock-offset", type=float, default=0.0, help="本机时钟的偏移秒数（仅用于演示）")


if __name__ == "__main__":
    sys.exit(main())
