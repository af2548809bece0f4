"""Public codes stand once."""

import saduak.outbox.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_message_codes")]
    operations = [
        migrations.AlterField("message", "code", models.CharField(default=saduak.outbox.models.message_code, max_length=16, unique=True)),
    ]
