"""跟随: handing the facts on, each once, in the order they were recorded."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext

from django.db import transaction

from ggzy.foundation.journal import queries
from ggzy.foundation.journal.models import Cursor
from ggzy.foundation.journal.values import Fact


class Batched(dict[str, Callable[[Fact], None]]):
    """成批的追随者: `batch` is entered around the facts of one transaction, and writes at its end what they changed."""

    def __init__(
        self,
        handlers: Mapping[str, Callable[[Fact], None]],
        batch: Callable[[], AbstractContextManager[None]],
    ) -> None:
        super().__init__(handlers)
        self.batch = batch


def follow_again(app: str) -> None:
    """从头跟随: the app hears every fact from the first, once more."""
    Cursor.objects.filter(app=app).update(height=0)


def follow(app: str, handlers: Mapping[str, Callable[[Fact], None]], *, limit: int = 500) -> int:
    """跟随. Hands the next facts to an app, and moves its cursor in the same transaction.

    Returns the number of entries passed; 0 means that the app is up to date or another process is at it.
    """
    with transaction.atomic():
        cursor = _held(app)
        if cursor is None and Cursor.objects.get_or_create(app=app)[1]:
            cursor = _held(app)
        if cursor is None:
            return 0
        until = min(queries.head(), cursor.height + limit)
        with handlers.batch() if isinstance(handlers, Batched) else nullcontext():
            for fact in queries.facts(kinds=tuple(handlers), after=cursor.height):
                if fact.height > until:
                    break
                handlers[fact.kind](fact)
        passed = until - cursor.height
        if passed:
            Cursor.objects.filter(app=app).update(height=until)
        return passed


def _held(app: str) -> Cursor | None:
    """The place of an app, unless another process is at it or it has none yet."""
    return Cursor.objects.select_for_update(skip_locked=True).filter(app=app).first()
