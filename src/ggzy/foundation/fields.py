"""字段: Django fields for kernel types: a row holds Money and codes, not numbers and strings."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable

from ggzy.kernel import canon
from ggzy.kernel.codes import CreditCode, ExpertCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.money import Money, Rate


class MoneyField(models.Field):
    """金额: `Money` in a column of fen; the column's name ends in `_fen`."""

    _pyi_private_set_type: Money | Combinable
    _pyi_private_get_type: Money

    def get_attname_column(self) -> tuple[str, str]:
        attribute = self.get_attname()
        return attribute, self.db_column or f"{attribute}_fen"

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(
        self, value: int | Decimal | None, expression: object, connection: object
    ) -> Money | None:
        """A sum over the column arrives as a whole decimal."""
        return None if value is None else Money(int(value))

    def to_python(self, value: Any) -> Money | None:
        if value is None or isinstance(value, Money):
            return value
        try:
            return Money(int(value))
        except (TypeError, ValueError):
            raise ValidationError("金额应为整数分", code="invalid") from None

    def get_prep_value(self, value: Any) -> Any:
        if hasattr(value, "resolve_expression"):
            return value
        amount = self.to_python(value)
        return None if amount is None else amount.fen

    def value_to_string(self, obj: models.Model) -> str:
        amount = self.to_python(self.value_from_object(obj))
        return "" if amount is None else str(amount.fen)


class RateField(models.Field):
    """费率: `Rate`, an exact fraction with at most ten decimals."""

    _pyi_private_set_type: Rate | Combinable
    _pyi_private_get_type: Rate

    decimal_places = 10

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The database adapter reads the shape of a decimal column from the instance.
        self.__dict__.update(max_digits=20, decimal_places=self.decimal_places)

    def get_internal_type(self) -> str:
        return "DecimalField"

    def from_db_value(self, value: Decimal | None, expression: object, connection: object) -> Rate | None:
        return None if value is None else Rate(value)

    def to_python(self, value: Any) -> Rate | None:
        if value is None or isinstance(value, Rate):
            return value
        try:
            return Rate(str(value))
        except ArithmeticError:
            raise ValidationError("费率应为小数", code="invalid") from None

    def get_prep_value(self, value: Any) -> Any:
        """Raises `ValueError` for a rate with more decimals than the column keeps: nothing is rounded."""
        if hasattr(value, "resolve_expression"):
            return value
        rate = self.to_python(value)
        if rate is None:
            return None
        if rate.value != round(rate.value, self.decimal_places):
            raise ValueError(f"费率 {rate} 的小数位数超过{self.decimal_places}位")
        return rate.value

    def value_to_string(self, obj: models.Model) -> str:
        rate = self.to_python(self.value_from_object(obj))
        return "" if rate is None else str(rate)


class _CodeField(models.CharField):
    """A column of codes, of exactly their length."""

    code: type[str]
    length: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = self.length
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return None if value is None else self.code(value)

    def to_python(self, value: Any) -> str | None:
        return value if value is None or isinstance(value, self.code) else self.code(value)

    def get_prep_value(self, value: Any) -> Any:
        """The driver knows `str`; the type says nothing more to the database."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return str(value)


class LotCodeField(_CodeField):
    """统一交易标识码."""

    _pyi_private_get_type: LotCode
    code, length = LotCode, 40


class ProjectCodeField(_CodeField):
    """项目编号."""

    _pyi_private_get_type: ProjectCode
    code, length = ProjectCode, 17


class CreditCodeField(_CodeField):
    """统一社会信用代码."""

    _pyi_private_get_type: CreditCode
    code, length = CreditCode, 18


class RegionCodeField(_CodeField):
    """行政区划代码."""

    _pyi_private_get_type: RegionCode
    code, length = RegionCode, 6


class ExpertCodeField(_CodeField):
    """专家编号."""

    _pyi_private_get_type: ExpertCode
    code, length = ExpertCode, 16


class CanonField(models.JSONField):
    """规范值: an object with a canonical form; what has none is refused before it is written."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not hasattr(value, "as_sql"):
            canon.dumps(value)
        return super().get_db_prep_value(value, connection, prepared)
