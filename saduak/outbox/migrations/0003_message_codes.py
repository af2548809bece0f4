"""Public codes for rows that had none: first given, made unique by the next migration (PostgreSQL wants two steps)."""

from django.db import migrations, models

from saduak.outbox.models import message_code


def give_codes(apps, schema_editor):
    model = apps.get_model("outbox", "message")
    rows = []
    for row in model.objects.filter(code=None).only("pk").iterator(chunk_size=1000):
        row.code = message_code()
        rows.append(row)
    model.objects.bulk_update(rows, ["code"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_not_before")]
    operations = [
        migrations.AddField("message", "code", models.CharField(max_length=16, null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
