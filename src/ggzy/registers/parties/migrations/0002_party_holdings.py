"""出资: who holds a party, for the relations the law asks about (招标投标法实施条例 §34)."""

import ggzy.foundation.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="party",
            name="holdings",
            field=ggzy.foundation.fields.CanonField(default=list, verbose_name="出资"),
        ),
    ]
