"""Public codes for rows that had none: first given, made unique by the next migration (PostgreSQL wants two steps)."""

from django.db import migrations, models

from saduak.people.models.user import post_code


def give_codes(apps, schema_editor):
    model = apps.get_model("people", "membership")
    rows = []
    for row in model.objects.filter(code=None).only("pk").iterator(chunk_size=1000):
        row.code = post_code()
        rows.append(row)
    model.objects.bulk_update(rows, ["code"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_acting")]
    operations = [
        migrations.AddField("membership", "code", models.CharField(max_length=16, null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
