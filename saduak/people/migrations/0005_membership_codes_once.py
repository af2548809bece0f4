"""Public codes stand once."""

import saduak.people.models.user
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_membership_codes")]
    operations = [
        migrations.AlterField("membership", "code", models.CharField(default=saduak.people.models.user.post_code, max_length=16, unique=True)),
    ]
