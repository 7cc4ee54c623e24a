import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_second_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region", models.CharField(max_length=6, verbose_name="行政区划代码")),
                ("holder", models.CharField(max_length=200, verbose_name="证书持有人")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="指纹")),
                ("pem", models.BinaryField(verbose_name="证书")),
                ("proposed_by", models.CharField(max_length=32, verbose_name="提出人")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={"verbose_name": "待同意的证书绑定"},
        ),
    ]
