from django.db import migrations


class Migration(migrations.Migration):
    """The register of readings is the whole of oversight's: the table goes over to `powers` as it is."""

    dependencies = [
        ("cases", "0005_figures"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("ReadingRow", "powers_readingrow")],
            state_operations=[migrations.DeleteModel("ReadingRow")],
        ),
    ]
