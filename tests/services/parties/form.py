"""主体登记的共用表单: one organisation as it registers."""

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole

REGION = RegionCode("980100")


CODE = CreditCode.make(region=REGION, serial=1)


FORM = PartyForm(
    code=CODE,
    name="云岭甲建设有限公司",
    kind=PartyKind.LEGAL,
    region=REGION,
    roles=(PartyRole.BIDDER,),
    representative="周岚",
    address="江州市公园路1号",
    phone="0980-12345",
    basic_account=BankAccount("云岭甲建设有限公司", "云岭银行", "6222000011112222"),
    is_pledged=True,
)
