"""Letters that left while `issue` gave no links yet get theirs by the migration, and can be printed."""

from importlib import import_module

from django.apps import apps

from saduak.circulars import commands, printing
from saduak.circulars.models import Circular, Link

MIGRATION = import_module("saduak.circulars.migrations.0009_links_of_later_letters")


def test_only_letters_that_left_without_a_link_are_given_one(world, gecc, root):
    Link.objects.filter(circular=root).delete()
    draft = commands.draft(gecc.code, by=world.officer)
    MIGRATION.give(apps, None)
    given = Link.objects.get(circular=root)
    assert not Link.objects.filter(circular=draft).exists()
    MIGRATION.give(apps, None)
    assert Link.objects.get(circular=root) == given
    assert "qr" in printing.letter_data(Circular.objects.get(pk=root.pk))
