"""The tree of command, posts, and who may give them."""

from datetime import date

import pytest

from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.people import commands, queries
from saduak.people.actor import system
from saduak.people.models import Kind, Membership, Organisation
from saduak.people.roles import Role

pytestmark = pytest.mark.django_db


def test_the_tree_is_sound(world):
    assert Organisation.objects.find_problems() == ([], [], [], [], [])
    assert [o.code for o in queries.bodies_above(world.centre.path)] == [
        "OPM",
        "MOI",
        "DLA",
        "TH-54",
        "TH-5401",
        "L-540101",
    ]
    assert {o.code for o in queries.subtree(world.district.path)} == {"TH-5401", "L-540101", "C-TEST22"}


def test_a_second_import_continues_the_tree(world):
    rows = [
        {"code": f"N{n}", "kind": Kind.LOCAL_BODY, "name_th": f"เทศบาลใหม่ {n}", "parent": "TH-5401"} for n in range(40)
    ]
    assert commands.grow_tree(rows, by=system("t"), source="t") == 40
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("fault", [{"code": "TH-54", "parent": "DLA"}, {"code": "NEW", "parent": "NOWHERE"}])
def test_an_import_with_a_fault_names_the_row_and_leaves_nothing(world, fault):
    before = Organisation.objects.count(), Entry.objects.count()
    good = {"code": "GOOD", "kind": Kind.LOCAL_BODY, "name_th": "ดี", "parent": "TH-5401"}
    with pytest.raises(NotComplete, match=fault["code"] if fault["parent"] == "DLA" else fault["parent"]) as refused:
        commands.grow_tree([good, {"kind": Kind.LOCAL_BODY, "name_th": "เสีย", **fault}], by=system("t"), source="t")
    assert refused.value.params["row"] == 2
    assert (Organisation.objects.count(), Entry.objects.count()) == before


def test_search_folds_digits_and_case(world):
    assert [o.code for o in queries.search("เมืองแพร่")] == ["TH-5401"]
    assert [o.code for o in queries.search("th-๕๔๐๑")] == ["TH-5401"]
    assert queries.search("ไม่มีที่นี่") == []


@pytest.mark.parametrize("who", ["coordinator", "head", "colleague", "officer"])
def test_register_centre_by_those_who_answer_for_the_office(world, who):
    centre = commands.register_centre(world.body.code, by=getattr(world, who), name_th="ศูนย์ <script>ใหม่</script>")
    assert Organisation.objects.get_parent(centre).pk == world.body.pk
    line = Entry.objects.get(event="organisation.centre_registered")
    assert (line.subject_id, line.actor) == (centre.code, getattr(world, who).name)


@pytest.mark.parametrize("who", ["stranger", "stranger_head", "registrar_body", "observer_province", "assessor1"])
def test_register_centre_is_refused_without_a_trace(world, who):
    before = Organisation.objects.count(), Entry.objects.count()
    with pytest.raises(NotAllowed):
        commands.register_centre(world.body.code, by=getattr(world, who), name_th="ศูนย์ใหม่")
    assert (Organisation.objects.count(), Entry.objects.count()) == before


def test_register_centre_asks_for_a_name_and_refuses_a_double(world):
    with pytest.raises(NotComplete) as refused:
        commands.register_centre(world.body.code, by=world.coordinator, name_th="  ")
    assert refused.value.field == "name_th"
    with pytest.raises(NotPossible):
        commands.register_centre(world.body.code, by=world.coordinator, name_th=world.centre.name_th)


@pytest.mark.parametrize(
    ("who", "role", "allowed"),
    [
        ("head", Role.COORDINATOR, True),
        ("head", Role.OFFICER, False),
        ("officer", Role.ASSESSOR, True),
        ("officer", Role.COORDINATOR, True),
        ("coordinator", Role.COORDINATOR, False),
        ("stranger_head", Role.COORDINATOR, False),
        ("registrar_province", Role.COORDINATOR, False),
    ],
)
def test_give_post(world, who, role, allowed):
    act = lambda: commands.give_post(  # noqa: E731
        world.body,
        by=getattr(world, who),
        email="new@example.go.th",
        name_th="คน ใหม่",
        role=role,
        starts_on=date(2022, 1, 1),
    )
    if allowed:
        assert act().role == role
    else:
        with pytest.raises(NotAllowed):
            act()
        assert not Membership.objects.filter(user__email="new@example.go.th").exists()


def test_a_post_ends_and_gives_no_rights_the_day_after(world):
    user = world.users["coordinator"]
    post = Membership.objects.get(user=user)
    commands.end_post(post.code, by=world.head, on=date(2022, 2, 1))
    with clock.at(clock.bangkok(2022, 2, 1, 23, 59)):
        assert queries.actor_for(user) is not None
    with clock.at(clock.bangkok(2022, 2, 2)):
        assert queries.actor_for(user) is None
    with pytest.raises(NotPossible):
        commands.end_post(post.code, by=world.head, on=date(2022, 2, 1))


def test_holders_are_the_people_who_hold_the_role_today(world):
    assert [u.email for u in queries.holders([world.body.pk], Role.COORDINATOR, Role.HEAD)] == [
        "coordinator@example.go.th", "colleague@example.go.th", "head@example.go.th"
    ]  # fmt: skip
    assert [u.email for u in queries.programme_people(Role.AUDITOR)] == ["auditor@example.go.th"]
