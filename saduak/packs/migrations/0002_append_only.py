"""Triggers that refuse to change or remove a published pack."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER packs_published_no_update BEFORE UPDATE ON packs_publishedpack BEGIN SELECT RAISE(ABORT, 'a published pack never changes'); END",
    "CREATE TRIGGER packs_published_no_delete BEFORE DELETE ON packs_publishedpack BEGIN SELECT RAISE(ABORT, 'a published pack never changes'); END",
]
POSTGRESQL = [
    """CREATE FUNCTION packs_published_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a published pack never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    "CREATE TRIGGER packs_published_no_change BEFORE UPDATE OR DELETE ON packs_publishedpack FOR EACH ROW EXECUTE FUNCTION packs_published_stays()",
]


def add(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS packs_published_no_update")
        schema_editor.execute("DROP TRIGGER IF EXISTS packs_published_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS packs_published_no_change ON packs_publishedpack")
        schema_editor.execute("DROP FUNCTION IF EXISTS packs_published_stays()")


class Migration(migrations.Migration):
    dependencies = [("packs", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
