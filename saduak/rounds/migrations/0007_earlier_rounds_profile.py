"""Rounds that were opened before packs named the form of the profile go on with that of their programme.

Where it has not been published yet it is published from the folder of packs, as `saduak publish-pack` would; a folder that
cannot be read leaves the rounds without a form.
"""

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from saduak.packs import loader
from saduak.packs.mistakes import PackMistakes


def name_the_form(apps, schema_editor):
    found = {}
    for one in apps.get_model("rounds", "Round").objects.filter(profile_pack=None).select_related("round_pack"):
        content = one.round_pack.content
        if "forms" in content:
            continue
        pack_id = f"{content['programme']}/forms/profile"
        if pack_id not in found:
            found[pack_id] = _published(apps.get_model("packs", "PublishedPack"), pack_id)
        if found[pack_id] is not None:
            one.profile_pack = found[pack_id]
            one.save(update_fields=["profile_pack"])


def _published(packs, pack_id):
    there = packs.objects.filter(kind="form", pack_id=pack_id).order_by("version").first()
    if there is not None:
        return there
    try:
        pack = loader.load(settings.PACKS, pack_id)
    except (PackMistakes, OSError):
        return None
    return packs.objects.create(
        pack_id=pack_id,
        kind="form",
        version=pack.version,
        sha256=pack.sha256,
        slug=pack_id.replace("/forms/", "-"),
        title_th=pack.content["title"]["th"],
        title_en=pack.content["title"]["en"],
        content=pack.content,
        published_at=timezone.now(),
        published_by="migrate",
    )


class Migration(migrations.Migration):
    dependencies = [("rounds", "0006_profile_form"), ("packs", "0004_forms_and_surveys")]

    operations = [migrations.RunPython(name_the_form, migrations.RunPython.noop)]
