"""命令行: python -m sealer key new|import|certify · seal · check · unlock."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ggzy.foundation.sealing import keyfile, suites
from ggzy.foundation.sealing.content import Offer, OfferField
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Refused
from sealer import device, work
from sealer.order import Order

PASSWORD = "GGZY_SEAL_PASSWORD"
TOLD = (
    "说明：本机网卡、处理器、硬盘和系统的特征码（单向计算，只能比对是否同一台，不能还原）已随报价一并加密，"
    "开标后供监督部门核对是否由同一台设备编制（电子招标投标办法 §26、实施条例 §40）"
)
BEGIN = b"-----BEGIN CERTIFICATE-----"


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
    except (OSError, ValueError) as error:
        print(f"未能完成：{error}", file=sys.stderr)
        return 1
    return 0


def new_key(asked: argparse.Namespace) -> None:
    """生成签名密钥."""
    organisation = CreditCode.parse(asked.org)
    file, request = work.new_signing_key(asked.name, organisation, _new_password("签名密钥"))
    _keep(asked.out, file)
    place = asked.out.with_suffix(".csr.pem")
    place.write_bytes(request)
    print(f"签名密钥：{asked.out}\n证书请求：{place}（请交给发证机构，取回证书后运行 key certify）")


def import_key(asked: argparse.Namespace) -> None:
    """导入已有的证书和私钥."""
    private = suites.private_from_pem(asked.key.read_bytes())
    file = work.certify(private, asked.certificate.read_bytes(), _new_password("签名密钥"))
    _keep(asked.out, file)
    print(f"签名密钥：{asked.out}")


def certify_key(asked: argparse.Namespace) -> None:
    """给签名密钥装入证书."""
    password = _password("签名密钥")
    _, private = keyfile.unlock(asked.key.read_bytes(), password, "signing")
    _keep(asked.key, work.certify(private, asked.certificate.read_bytes(), password))
    print("证书已装入")


def seal(asked: argparse.Namespace) -> None:
    """加密投标文件."""
    order = Order.read(asked.plan.read_bytes())
    key = work.SigningKey.open(asked.key.read_bytes(), _password("签名密钥"))
    files: dict[str, list[Path]] = {}
    for part, path in asked.file:
        files.setdefault(part, []).append(path)
    package, secret = work.seal(
        order,
        _offer(asked),
        files,
        key,
        password=_new_password("解密密钥"),
        made=datetime.now(UTC),
        out=asked.out,
        pins=None if asked.custodians is None else _pins(asked.custodians.read_bytes()),
        made_on=device.hardware(),
    )
    print(TOLD)
    if asked.custodians is None:
        print("提示：没有给出可信的保管人证书（--custodians），未核对开标公钥是否被替换")
    print(f"加密的投标文件：{package}（上传这一份）\n解密密钥：{secret}（自行保存，开标时使用；不要上传）")


def check(asked: argparse.Namespace) -> None:
    """自检: 我的密钥能否打开我的投标文件."""
    work.check(asked.package, _sbekey(asked), _password("解密密钥")).require()
    print("自检通过：签名有效，密文完整，解密密钥与投标文件相符")


def unlock(asked: argparse.Namespace) -> None:
    """开标: 给出要交给平台的一行解密密钥. Before the opening it stays here."""
    print(work.unlock(asked.package, _sbekey(asked), _password("解密密钥"), asked.part))


def _sbekey(asked: argparse.Namespace) -> bytes:
    place: Path = asked.package.with_suffix(".sbekey") if asked.sbekey is None else asked.sbekey
    return place.read_bytes()


def _offer(asked: argparse.Namespace) -> Offer:
    said = Offer(
        price_kind="text",
        text=asked.text or asked.price or asked.rate or "",
        period=asked.period,
        quality=asked.quality,
        leader=asked.leader,
        fields=tuple(OfferField(*field) for field in asked.field),
    )
    if asked.price is not None:
        return replace(said, price_kind="amount", amount=Money.parse(asked.price))
    if asked.rate is not None:
        return replace(said, price_kind="rate", rate=Rate.parse(asked.rate))
    if not said.text:
        raise ValueError("请用 --price、--rate 或 --text 给出报价")
    return said


def _pins(pem: bytes) -> dict[str, bytes]:
    certificates = [BEGIN + rest for rest in pem.split(BEGIN)[1:]]
    return {suites.fingerprint(certificate): certificate for certificate in certificates}


def _keep(place: Path, file: bytes) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(file)


def _password(what: str) -> str:
    return os.environ.get(PASSWORD) or getpass.getpass(f"{what}的口令：")


def _new_password(what: str) -> str:
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    password = getpass.getpass(f"{what}的新口令：")
    if getpass.getpass("再输入一次：") != password:
        raise ValueError("两次输入的口令不一致")
    return password


def _part_file(text: str) -> tuple[str, Path]:
    part, equals, path = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("应写成 分册=文件，例如 business=技术标.pdf")
    return part, Path(path)


def _field(text: str) -> tuple[str, str]:
    label, equals, said = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("应写成 名称=内容，例如 安全目标=零事故")
    return label, said


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sealer", description="投标文件加密工具（可离线使用）")
    commands = parser.add_subparsers(required=True)
    _add_key(commands.add_parser("key", help="签名密钥").add_subparsers(required=True))
    one = commands.add_parser("seal", help="加密投标文件")
    one.add_argument("--plan", type=Path, required=True, help="在平台投标页下载的投标任务文件")
    one.add_argument("--key", type=Path, required=True, help="签名密钥文件")
    one.add_argument("--custodians", type=Path, help="可信的保管人证书（PEM，多张依次相连）")
    one.add_argument("--price", help="报价金额，例如 1980000、198万 或 壹佰玖拾捌万元整")
    one.add_argument("--rate", help="报价费率，例如 20.5%%")
    one.add_argument("--text", default="", help="报价文字")
    one.add_argument("--period", default="", help="工期、交货期或服务期")
    one.add_argument("--quality", default="", help="质量承诺")
    one.add_argument("--leader", default="", help="项目负责人")
    one.add_argument("--field", type=_field, action="append", default=[], help="其他唱标内容：名称=内容")
    one.add_argument("--file", type=_part_file, action="append", default=[], help="附件：分册=文件")
    one.add_argument("--out", type=Path, required=True, help="输出文件夹")
    one.set_defaults(run=seal)
    one = commands.add_parser("check", help="自检")
    _add_package(one)
    one.set_defaults(run=check)
    one = commands.add_parser("unlock", help="开标时给出解密密钥，粘贴到平台的解密页")
    _add_package(one)
    one.add_argument("--part", action="append", default=[], help="只给出这些分册的密钥")
    one.set_defaults(run=unlock)
    return parser


def _add_package(one: argparse.ArgumentParser) -> None:
    one.add_argument("package", type=Path, help="加密的投标文件（.sbe）")
    one.add_argument("--sbekey", type=Path, help="解密密钥（默认与投标文件同名）")


def _add_key(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = commands.add_parser("new", help="生成签名密钥和证书请求")
    one.add_argument("--name", required=True, help="单位名称")
    one.add_argument("--org", required=True, help="统一社会信用代码")
    one.add_argument("--out", type=Path, required=True, help="密钥文件")
    one.set_defaults(run=new_key)
    one = commands.add_parser("import", help="导入已有的证书和私钥")
    one.add_argument("--certificate", type=Path, required=True, help="证书（PEM）")
    one.add_argument("--key", type=Path, required=True, help="私钥（PEM）")
    one.add_argument("--out", type=Path, required=True, help="密钥文件")
    one.set_defaults(run=import_key)
    one = commands.add_parser("certify", help="给签名密钥装入证书")
    one.add_argument("key", type=Path, help="密钥文件")
    one.add_argument("certificate", type=Path, help="证书（PEM）")
    one.set_defaults(run=certify_key)


if __name__ == "__main__":
    sys.exit(main())
