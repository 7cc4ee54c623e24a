"""文件库的表."""

from django.db import models

from ggzy.foundation.vault.values import DocumentFacts


class Document(models.Model):
    """文件: one content, kept once, under the name its first owner gave it."""

    digest = models.CharField("摘要", max_length=71, primary_key=True)
    name = models.CharField("文件名", max_length=255)
    media_type = models.CharField("类型", max_length=100)
    size = models.BigIntegerField("字节数")
    owner = models.CharField("所有者", max_length=32)
    put_at = models.DateTimeField("存入时间")
    public_from = models.DateTimeField("公开时间", null=True, blank=True)

    class Meta:
        verbose_name = "文件"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^(sha256|sm3):[0-9a-f]{64}$"), name="document_digest"
            ),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="document_size"),
        ]

    def facts(self) -> DocumentFacts:
        return DocumentFacts(
            digest=self.digest,
            name=self.name,
            media_type=self.media_type,
            size=self.size,
            owner=self.owner,
            put_at=self.put_at,
            public_from=self.public_from,
        )


class Share(models.Model):
    """查阅授权: one organisation or person may read one document."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    reader = models.CharField("查阅人", max_length=32)

    class Meta:
        verbose_name = "查阅授权"
        constraints = [models.UniqueConstraint(fields=["document", "reader"], name="share_once")]
