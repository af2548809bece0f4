"""Letters that left between the tables of links and the first link given at issuing get theirs."""

from django.db import migrations

from saduak.circulars.shortcodes import new_code


def give(apps, schema_editor):
    circular, link = apps.get_model("circulars", "Circular"), apps.get_model("circulars", "Link")
    without = circular.objects.filter(link=None).exclude(state="DRAFT").values_list("pk", "created_at")
    link.objects.bulk_create(
        (link(code=new_code(), circular_id=pk, created_at=created_at) for pk, created_at in without), batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("circulars", "0008_answers")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
