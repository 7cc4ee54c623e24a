"""An offer's auction is that of the room that is held while it is written: the database need not look again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("auctions", "0008_pictures")]

    operations = [
        migrations.AlterField(
            "offerrow",
            "auction",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="auctions.auction",
                verbose_name="竞价",
            ),
        ),
    ]
