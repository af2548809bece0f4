"""Rounds that were opened before packs named the form of the profile go on with that of their programme."""

from django.db import migrations


def name_the_form(apps, schema_editor):
    published = apps.get_model("packs", "PublishedPack")
    for one in apps.get_model("rounds", "Round").objects.filter(profile_pack=None).select_related("round_pack"):
        content = one.round_pack.content
        if "forms" in content:
            continue
        pack_id = f"{content['programme']}/forms/profile"
        found = published.objects.filter(kind="form", pack_id=pack_id).order_by("version").first()
        if found is not None:
            one.profile_pack = found
            one.save(update_fields=["profile_pack"])


class Migration(migrations.Migration):
    dependencies = [("rounds", "0006_profile_form")]

    operations = [migrations.RunPython(name_the_form, migrations.RunPython.noop)]
