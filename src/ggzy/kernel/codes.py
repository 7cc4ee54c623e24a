"""代码: names that are codes: parsed once at the border, trusted inside.

Every code is a `str`, so it is a key, a column and a piece of a URL as it stands. `Cls.parse(text)`
cleans and checks what a person or another system sent; `Cls(text)` trusts.
"""

import re
import unicodedata
from datetime import date
from typing import ClassVar, Self

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣﹘", "-"))
_ALPHABET_31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ALPHABET_37 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_WEIGHTS_CREDIT = tuple(pow(3, place, 31) for place in range(17))
_WEIGHTS_ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)


class _Code(str):
    """A code with a Chinese name, cleaned before it is checked."""

    __slots__ = ()
    title_zh: ClassVar[str]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `ValueError` with a Chinese sentence."""
        cleaned = _clean(text)
        if not cleaned:
            raise ValueError(f"请填写{cls.title_zh}")
        return cls._checked(cleaned)

    @classmethod
    def _checked(cls, text: str) -> Self:
        raise AssertionError("each code checks itself")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class RegionCode(_Code):
    """行政区划代码: six digits, county within city within province (GB/T 2260).

    `RegionCode.COUNTRY` ("000000") contains every region.
    """

    __slots__ = ()
    title_zh = "行政区划代码"
    COUNTRY: ClassVar["RegionCode"]

    @classmethod
    def _checked(cls, text: str) -> Self:
        if not re.fullmatch(r"\d{2}|\d{4}|\d{6}", text, re.ASCII):
            raise ValueError(f"行政区划代码应为2位、4位或6位数字，您填写的是“{text}”")
        return cls(text.ljust(6, "0"))

    @property
    def prefix(self) -> str:
        """The digits that say something: none, two, four or six."""
        pairs = [self[0:2], self[2:4], self[4:6]]
        while pairs and pairs[-1] == "00":
            pairs.pop()
        return "".join(pairs)

    @property
    def level(self) -> str:
        """country, province, city or county."""
        return {0: "country", 2: "province", 4: "city", 6: "county"}[len(self.prefix)]

    @property
    def parent(self) -> "RegionCode | None":
        prefix = self.prefix
        return RegionCode(prefix[:-2].ljust(6, "0")) if prefix else None

    def contains(self, other: "RegionCode") -> bool:
        """市县一体化: a region contains itself and what lies under it."""
        return other.startswith(self.prefix)


RegionCode.COUNTRY = RegionCode("000000")


class CreditCode(_Code):
    """统一社会信用代码: 18 characters with a check digit, the key of a party (GB 32100-2015)."""

    __slots__ = ()
    title_zh = "统一社会信用代码"

    @classmethod
    def _checked(cls, text: str) -> Self:
        text = text.replace("-", "")
        if len(text) != 18:
            raise ValueError(f"统一社会信用代码应为18位，您填写的是{len(text)}位")
        strange = [character for character in text if character not in _ALPHABET_31]
        if strange:
            raise ValueError(
                f"统一社会信用代码含有不允许的字符“{strange[0]}”（只用数字和大写字母，不用 I、O、S、V、Z）"
            )
        if _credit_check(text[:17]) != text[17]:
            raise ValueError("统一社会信用代码校验位不正确，请核对是否抄错")
        return cls(text)

    @classmethod
    def make(cls, *, authority: str = "91", region: RegionCode, serial: int) -> Self:
        """赋码: a code of our own making; `authority` is the two leading characters."""
        if not 0 <= serial <= 99_999_999:
            raise ValueError("主体代码序号超出范围")
        body = f"{serial:08d}"
        head = f"{authority}{region}{body}{_organisation_check(body)}"
        return cls(head + _credit_check(head))

    @property
    def authority(self) -> str:
        """登记管理部门 and 机构类别: the two leading characters."""
        return self[:2]

    @property
    def region(self) -> RegionCode:
        return RegionCode(self[2:8])

    @property
    def organisation(self) -> str:
        """组织机构代码: nine characters."""
        return self[8:17]

    @property
    def is_organisation_consistent(self) -> bool:
        """组织机构代码校验 (GB 11714). Some issued codes fail it, so it only warns."""
        return _organisation_check(self[8:16]) == self[16]


class LotCode(_Code):
    """统一交易标识码: 40 characters, the key of everything that happens to a lot.

    Category 3, platform 18, date 8, serial 6, check character 1, with hyphens. Issuers differ in the
    check character, so a code from elsewhere is taken as it is; `is_ours` says whether it satisfies
    ISO/IEC 7064 MOD 37-2.
    """

    __slots__ = ()
    title_zh = "统一交易标识码"
    _FORM = re.compile(r"([A-Z]\d{2})-?([0-9A-HJ-NP-RTUWXY]{18})-?(\d{8})-?(\d{6})-?([0-9A-Z*])", re.ASCII)

    @classmethod
    def _checked(cls, text: str) -> Self:
        form = cls._FORM.fullmatch(text)
        if form is None:
            raise ValueError(
                "统一交易标识码格式不正确，应为“交易分类3位-平台代码18位-日期8位-序号6位-校验1位”，共40个字符"
            )
        day = form[3]
        try:
            date(int(day[:4]), int(day[4:6]), int(day[6:]))
        except ValueError:
            raise ValueError(f"统一交易标识码中的日期“{day}”不存在") from None
        return cls("-".join(form.groups()))

    @classmethod
    def make(cls, *, category: str, platform: CreditCode, on: date, serial: int) -> Self:
        """赋码: the code of a lot on its first entry. `serial` runs from 1 within platform and day."""
        if not 1 <= serial <= 999_999:
            raise ValueError("当日交易标识码序号已用完")
        parts = (category, str(platform), f"{on:%Y%m%d}", f"{serial:06d}")
        return cls("-".join((*parts, _check_37("".join(parts)))))

    @property
    def is_ours(self) -> bool:
        """The check character is the one we would have given."""
        return _check_37(self[:-1].replace("-", "")) == self[-1]

    @property
    def category(self) -> str:
        return self[0:3]

    @property
    def platform(self) -> CreditCode:
        return CreditCode(self[4:22])

    @property
    def on(self) -> date:
        return date(int(self[23:27]), int(self[27:29]), int(self[29:31]))

    @property
    def serial(self) -> int:
        return int(self[32:38])


class ProjectCode(_Code):
    """项目编号: a platform letter, six digits of area, ten characters of serial: 17."""

    __slots__ = ()
    title_zh = "项目编号"

    @classmethod
    def _checked(cls, text: str) -> Self:
        if not re.fullmatch(r"[A-Z]\d{6}[0-9A-Z]{10}", text, re.ASCII):
            raise ValueError("项目编号格式不正确，应为1位平台字母、6位行政区划代码和10位序号，共17个字符")
        return cls(text)

    @classmethod
    def make(cls, *, platform: str = "E", region: RegionCode, year: int, serial: int) -> Self:
        """赋码: the serial is the year and six digits that run within it."""
        if not 1 <= serial <= 999_999:
            raise ValueError("本年度项目编号序号已用完")
        return cls(f"{platform}{region}{year:04d}{serial:06d}")

    @property
    def region(self) -> RegionCode:
        return RegionCode(self[1:7])


class ExpertCode(_Code):
    """专家编号: “Z”, six digits of area, eight of serial, a check character: 16.

    Carries no name and no ID number; the serial says nothing about the person.
    """

    __slots__ = ()
    title_zh = "专家编号"

    @classmethod
    def _checked(cls, text: str) -> Self:
        if not re.fullmatch(r"Z\d{14}[0-9A-Z*]", text, re.ASCII):
            raise ValueError("专家编号格式不正确，应为字母 Z、14位数字和1位校验字符")
        if _check_37(text[:-1]) != text[-1]:
            raise ValueError("专家编号校验位不正确，请核对是否抄错")
        return cls(text)

    @classmethod
    def make(cls, *, region: RegionCode, serial: int) -> Self:
        if not 1 <= serial <= 99_999_999:
            raise ValueError("专家编号序号超出范围")
        body = f"Z{region}{serial:08d}"
        return cls(body + _check_37(body))

    @property
    def region(self) -> RegionCode:
        return RegionCode(self[1:7])


def _clean(text: str) -> str:
    """Full width, odd dashes, spaces and lower case are how people write codes, not what they mean."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split()).upper()


def _credit_check(head: str) -> str:
    total = sum(_ALPHABET_31.index(sign) * weight for sign, weight in zip(head, _WEIGHTS_CREDIT, strict=True))
    return _ALPHABET_31[(31 - total % 31) % 31]


def _organisation_check(body: str) -> str:
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, _WEIGHTS_ORGANISATION, strict=True))
    return "0123456789X"[(11 - total % 11) % 11]


def _check_37(body: str) -> str:
    """ISO/IEC 7064 MOD 37-2."""
    remainder = 0
    for sign in body:
        remainder = (remainder + _ALPHABET_37.index(sign)) * 2 % 37
    return _ALPHABET_37[(1 - remainder) % 37]
