"""What applications are told of each certificate from now on, for those issued before."""

from typing import Any

from django.db import migrations


def tell(apps: Any, _schema_editor: Any) -> None:
    Certificate = apps.get_model("certificates", "Certificate")
    CertifiedCentre = apps.get_model("applications", "CertifiedCentre")
    held = Certificate.objects.filter(latest=True).exclude(state="REVOKED")
    CertifiedCentre.objects.bulk_create(
        [
            CertifiedCentre(
                centre_id=one.centre_id,
                programme=one.programme,
                certificate_number=one.number,
                valid_to=one.valid_to,
            )
            for one in held.iterator(chunk_size=500)
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0001_initial"),
        ("applications", "0002_assisting_comments"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
