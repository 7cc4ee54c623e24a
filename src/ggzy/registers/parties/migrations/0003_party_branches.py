"""监督领域: which departments' trades an authority supervises; none: all."""

import ggzy.foundation.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0002_party_holdings"),
    ]

    operations = [
        migrations.AddField(
            model_name="party",
            name="branches",
            field=ggzy.foundation.fields.CanonField(default=list, verbose_name="监督领域"),
        ),
    ]
