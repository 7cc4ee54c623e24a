"""留痕的表. Append-only by trigger and by role: see migration 0002."""

from django.db import models


class Log(models.Model):
    """日志. One row, written when the tables are made, never changed."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    origin = models.TextField("日志名")
    algorithm = models.TextField("摘要算法")
    is_simulated = models.BooleanField("模拟时间")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_log")]


class Head(models.Model):
    """末位. One row: the height of the last entry; its lock orders all facts."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    height = models.BigIntegerField("高度", default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]


class Subject(models.Model):
    """流. Where each subject's own chain stands."""

    subject = models.TextField("流", primary_key=True, db_collation="C")
    seq = models.BigIntegerField("流内序号")
    chain = models.BinaryField("链值")
    last_at = models.DateTimeField("最近时刻")


class Entry(models.Model):
    """条目. The header of a fact."""

    height = models.BigIntegerField("高度", primary_key=True)
    subject = models.TextField("流", db_collation="C")
    seq = models.BigIntegerField("流内序号")
    kind = models.TextField("事实")
    actor = models.JSONField("行为人")
    at = models.DateTimeField("时刻")
    request = models.TextField("请求")
    audience = models.TextField("知悉范围")
    commitment = models.BinaryField("承诺")
    chain = models.BinaryField("链值")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq"], name="entry_in_subject"),
            models.CheckConstraint(
                condition=models.Q(height__gte=1, seq__gte=1), name="entry_counts_from_one"
            ),
        ]
        indexes = [models.Index(fields=["kind", "height"], name="entry_kind")]


class Payload(models.Model):
    """内容. The body of a fact with its nonce; the only thing that may be erased."""

    height = models.BigIntegerField("高度", primary_key=True)
    nonce = models.BinaryField("随机数")
    canon = models.BinaryField("规范字节")
    code = models.TextField("回执编号")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], name="one_receipt_per_code")]


class Node(models.Model):
    """树节点. Roots of full subtrees of 256, 65 536 … leaves: what the tiles above the lowest are made of."""

    level = models.SmallIntegerField("层")
    position = models.BigIntegerField("位置")
    hash = models.BinaryField("摘要")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="node_place")]


class Checkpoint(models.Model):
    """存证. A signed head."""

    size = models.BigIntegerField("条数", primary_key=True)
    root = models.BinaryField("树根")
    note = models.TextField("签名文本")
    issued_at = models.DateTimeField("签发时刻")


class Request(models.Model):
    """请求. What one submitted form led to, so that sending it twice is one act; its last height is the receipt's."""

    request = models.TextField("请求编号")
    height = models.BigIntegerField("高度")
    command = models.TextField("命令")
    arguments = models.BinaryField("参数摘要")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "height"], name="request_height")]


class Cursor(models.Model):
    """游标. How far a follower has read."""

    app = models.TextField("应用", primary_key=True)
    height = models.BigIntegerField("高度", default=0)
