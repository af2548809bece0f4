"""Queries that are compiled once answer as Django's own do, whatever they are asked with."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import BigIntegerField, CharField, Count, DateTimeField, F, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from saduak.kernel import clock
from saduak.people import queries, signed_in
from saduak.people.actor import actor_of
from saduak.people.models import Membership, Organisation, User
from saduak.people.sessions import SessionStore
from saduak.people.sign_in import Backend
from saduak.statements import Among, Columns, Many, Statement

pytestmark = pytest.mark.django_db

BELOW = Statement(
    lambda at: (
        Organisation.objects.filter(path__gte=at["path"], path__lt=at["end"], created_at__lte=at["moment"])
        .order_by("path")
        .values_list("code", "created_at", "latitude")
    ),
    path=CharField(),
    end=CharField(),
    moment=DateTimeField(),
)


def test_rows_are_those_of_the_query_with_other_values_each_time(world):
    now = clock.now() + timedelta(days=1)
    for path in (world.body.path, world.province.path, world.body.path):
        own = queries.subtree(path).values_list("code", "created_at", "latitude")
        assert BELOW.rows(path=path, end=queries.path_end(path), moment=now) == list(own)
    assert BELOW.rows(path="zz", end="zzz", moment=now) == []
    assert BELOW.row(path="zz", end="zzz", moment=now) is None
    assert not BELOW.rows(path="0", end="~", moment=now - timedelta(days=9000))


def test_a_portion_of_the_rows_and_one_query_for_each(world):
    values = {"path": "0", "end": "~", "moment": clock.now() + timedelta(days=1)}
    whole = BELOW.rows(**values)
    with CaptureQueriesContext(connection) as asked:
        assert BELOW.rows(portion=(2, 1), **values) == whole[1:3]
    assert len(asked) == 1
    assert not BELOW.rows(portion=(5, len(whole)), **values)


def test_a_slot_takes_as_many_numbers_as_there_are(world):
    among = Statement(
        lambda at: (
            Organisation.objects.filter(Among(F("pk"), at["keys"]))
            .order_by("pk")
            .values_list("pk")
            .annotate(posts=Count("memberships", filter=Q(memberships__role=at["role"])))
        ),
        keys=Many(),
        role=CharField(),
    )
    keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    for wanted in ([], keys[:1], keys, [*keys, *keys, 10**12]):
        own = Organisation.objects.filter(pk__in=wanted).order_by("pk")
        own = own.annotate(posts=Count("memberships", filter=Q(memberships__role="HEAD")))
        assert among.rows(keys=wanted, role="HEAD") == list(own.values_list("pk", "posts"))


def test_models_are_made_of_the_columns_that_were_asked_whatever_their_order(world):
    some = Columns(Organisation, "name_th", "id", "code", "path")
    found = Statement(
        lambda at: Organisation.objects.filter(pk=at["pk"]).values_list(*some.paths), pk=BigIntegerField()
    )
    made = some.make(found.row(pk=world.body.pk))
    assert (made.pk, made.code, made.name_th, made.path) == (
        world.body.pk, world.body.code, world.body.name_th, world.body.path,
    )  # fmt: skip
    assert made.kind == world.body.kind
    with pytest.raises(ValueError, match="nothing_such"):
        Columns(Organisation, "nothing_such")


def test_a_value_that_was_forgotten_is_told(world):
    with pytest.raises(KeyError, match="moment"):
        BELOW.rows(path="0", end="~")


def test_text_stays_text(world):
    named = Statement(lambda at: Organisation.objects.filter(name_th=at["name"]).values_list("pk"), name=CharField())
    assert named.rows(name="' OR 1=1 --") == []
    assert named.rows(name="%s") == []


def test_the_person_of_a_session_is_the_one_that_is_kept(world):
    for user in User.objects.all():
        read, posts = signed_in.person(user.pk)
        assert {name: getattr(read, name) for name in signed_in.PERSON.names} == {
            name: getattr(user, name) for name in signed_in.PERSON.names
        }
        own = queries.memberships_of(user)
        assert [actor_of(one, request_id="r") for one in posts] == [actor_of(one, request_id="r") for one in own]
        assert all(one.user is read for one in posts)


def test_a_person_without_a_post_today_and_one_who_may_not_sign_in(world):
    user = User.objects.create_user("nobody@example.go.th", name_th="ไม่มี ตำแหน่ง")
    assert signed_in.person(user.pk) == (user, [])
    assert signed_in.person(10**9) == (None, [])
    head = User.objects.get(pk=world.head.user_id)
    Membership.objects.filter(user=head).update(ends_on=clock.today() - timedelta(days=1))
    assert signed_in.person(head.pk) == (head, [])
    assert Backend().get_user(head.pk) == head
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert Backend().get_user(head.pk) is None


def test_a_session_is_found_until_it_is_over(world):
    made = SessionStore()
    made["word"] = "kept"
    made.create()
    assert SessionStore(made.session_key)["word"] == "kept"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(made.session_key)
    assert late.load() == {}
    assert late.session_key is None


def test_who_is_signed_in_costs_two_queries(world, client):
    client.force_login(User.objects.get(pk=world.officer.user_id))
    client.get("/posts/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/packs/", follow=False)
    arriving = [one["sql"] for one in asked if "django_session" in one["sql"] or "people_" in one["sql"]]
    assert len(arriving) == 2
