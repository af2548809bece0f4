"""Two more kinds of pack. SQLite writes the table anew for it and loses its triggers, so they are set again."""

from importlib import import_module

from django.db import migrations, models

_TRIGGERS = import_module("saduak.packs.migrations.0002_append_only")
KINDS = [
    ("standard", "Standard"),
    ("round", "Round"),
    ("letter", "Letter text"),
    ("form", "Form"),
    ("survey", "Survey"),
]


class Migration(migrations.Migration):
    dependencies = [("packs", "0003_workbooks")]
    operations = [
        migrations.RunPython(_TRIGGERS.remove, _TRIGGERS.add),
        migrations.RemoveConstraint(model_name="publishedpack", name="published_pack_kind"),
        migrations.AlterField(
            model_name="publishedpack", name="kind", field=models.CharField(choices=KINDS, max_length=12)
        ),
        migrations.AddConstraint(
            model_name="publishedpack",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=[code for code, _label in KINDS]), name="published_pack_kind"
            ),
        ),
        migrations.RunPython(_TRIGGERS.add, _TRIGGERS.remove),
    ]
