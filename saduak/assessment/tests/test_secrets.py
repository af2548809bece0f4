"""A conflict hides everything, marks are blind, and nothing of a decision is known before the release (T3, T4, T15).

Pages are compared byte by byte with and without the hidden fact.
"""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from saduak.assessment import commands
from saduak.assessment.interests import conflicted, interests
from saduak.assessment.models import Case
from saduak.assessment.queries import cases
from saduak.assessment.tests.conftest import ASSESSING, DECIDING
from saduak.assessment.urls import urlpatterns
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed
from saduak.outbox.models import Message
from saduak.people import commands as people
from saduak.people import queries as people_queries
from saduak.people.actor import actor_of, system
from saduak.people.roles import Role

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def seen(browser: Any, url: str, *mask: str) -> tuple[int, bytes]:
    """Status and bytes of a page; tokens of forms, and the words in `mask`, are blanked because they always differ."""
    answer = browser.get(url)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for word in mask:
        body = body.replace(word.encode(), b"*")
    return answer.status_code, TOKEN.sub(b"", body)


LISTS = ("/", "/assessment/", "/assessment/cases/", "/assessment/cases/?q=ทดสอบใต้", "/assessment/cases/?state=ASSIGNED",
         "/assessment/interests/", "/assessment/meetings/", "/applications/")  # fmt: skip


def everything(client: Any) -> dict[str, tuple[int, bytes]]:
    return {url: seen(client, url) for url in LISTS}


def case_urls(number: str) -> list[str]:
    """Every address that takes the number of a case."""
    filled = {"number": number, "public_id": "0" * 32, "section": "g", "ref": "0" * 32, "code": "M-XXXXXX"}
    found = []
    for one in urlpatterns:
        names = set(one.pattern.converters)
        if "number" in names and "cases/" in str(one.pattern):
            found.append(reverse(f"assessment:{one.name}", kwargs={name: filled[name] for name in names}))
    return found


def post_in(world: Any, name: str, place: str, ends: date | None = None, starts: date = date(2019, 10, 1)) -> None:
    people.record_post(
        getattr(world, place), by=system("tests"), email=f"{name}@example.go.th", name_th="x", role=Role.OBSERVER, starts_on=starts, ends_on=ends,
    )  # fmt: skip


def as_assessor(world: Any, name: str) -> Any:
    post = next(
        one for one in people_queries.memberships_of(world.users[name]) if one.role in (Role.ASSESSOR, Role.COMMITTEE)
    )
    return actor_of(post)


def enter(client: Any, world: Any, name: str) -> Any:
    """Signed in, acting as assessor or committee member, whatever other posts the person holds."""
    client.force_login(world.users[name])
    session = client.session
    post = next(
        one for one in people_queries.memberships_of(world.users[name]) if one.role in (Role.ASSESSOR, Role.COMMITTEE)
    )
    session["membership"] = post.pk
    session.save()
    return client


@pytest.mark.parametrize("how", ["derived", "declared", "pinned"])
def test_a_conflict_leaves_no_trace(walk, world, client, how):
    team = walk.team(assessor1="CHAIR", assessor2="EXPERT", assessor3="EXPERT")
    if how == "derived":
        post_in(world, "assessor3", "province")
    application = walk.ready()
    with clock.at(ASSESSING):
        enter(client, world, "assessor3")
        before = everything(client)
        case = commands.assign(application.number, team.code, by=world.officer)
        if how == "declared":
            commands.declare(case.number, "FAMILY", by=as_assessor(world, "assessor3"))
        if how == "pinned":
            commands.pin_interest(case.number, world.users["assessor3"].ref, True, by=world.officer, reason="ตรวจพบ")
        after = everything(client)
        if how == "derived":  # otherwise a message without a name was sent before the conflict was known
            assert after == before
            assert not Message.objects.filter(
                recipient_ref=world.users["assessor3"].ref, kind__startswith="case"
            ).exists()
        else:
            told = {"/"}
            assert {url: page for url, page in after.items() if url not in told} == {
                url: page for url, page in before.items() if url not in told
            }
            texts = Message.objects.filter(recipient_ref=world.users["assessor3"].ref).values_list(
                "subject", "body", "url"
            )
            assert not any(case.number in part or "ทดสอบใต้" in part for row in texts for part in row)
        nobody = Case.DoesNotExist
        for url in case_urls(case.number):
            twin = url.replace(case.number, "K-222222")
            assert seen(client, url, case.number) == seen(client, twin, "K-222222"), url
            assert seen(client, url)[0] in (403, 404, 405), url
        for act in (lambda n: commands.declare(n, "NONE", by=as_assessor(world, "assessor3")),
                    lambda n: commands.save_marks(n, {}, by=as_assessor(world, "assessor3")),
                    lambda n: commands.hand_in(n, by=as_assessor(world, "assessor3"))):  # fmt: skip
            with pytest.raises(nobody) as hidden:
                act(case.number)
            with pytest.raises(nobody) as absent:
                act("K-222222")
            assert str(hidden.value) == str(absent.value)


def test_a_conflicted_committee_member_sees_a_shorter_agenda(walk, world, client):
    first = walk.agreed()
    meeting = walk.meeting(first)
    with clock.at(DECIDING):
        enter(client, world, "committee2")
        post_in(world, "committee2", "body", ends=date(2020, 9, 30))
        hidden = seen(client, f"/assessment/meetings/{meeting.code}/")
        listed = seen(client, "/assessment/meetings/")
        Case.objects.filter(pk=first.pk).update(state="MARKED")  # as if it were not there for the committee at all
        meeting.items.all().delete()
        assert seen(client, f"/assessment/meetings/{meeting.code}/") == hidden
        assert seen(client, "/assessment/meetings/") == listed


def test_before_a_declaration_only_the_names_of_centre_and_office_are_shown(walk, world, client):
    case = walk.assigned()
    with clock.at(ASSESSING):
        client.force_login(world.users["assessor1"])
        shown = client.get("/assessment/interests/").content.decode()
        assert world.centre.name_th in shown
        assert world.body.name_th in shown
        for word in ("มีหลักฐานและดำเนินการต่อเนื่อง", case.application.number, world.district.name_th):
            assert word not in shown
        for name in ("marks", "moderation", "marks_section"):
            args = [case.number] if name != "marks_section" else [case.number, "g"]
            assert client.get(reverse(f"assessment:{name}", args=args)).status_code == 403
        with pytest.raises(NotAllowed):
            commands.save_marks(case.number, {}, by=world.assessor1)
        content = case.application.submissions.get().content
        piece = next(one["id"] for one in content["evidence"] if one["sha256"])
        url = reverse("assessment:case_evidence", args=[case.number, piece])
        assert client.get(url).status_code == 404
        walk.declared(case, "assessor1")
        assert client.get(url).status_code == 200
        assert client.get(url).headers["Content-Disposition"].startswith("attachment")
        for stranger in ("stranger", "coordinator", "assessor2", "committee1", "observer_province"):
            client.force_login(world.users[stranger])
            assert client.get(url).status_code == 404, stranger


def test_marks_are_blind_until_all_are_in(walk, world, client):
    case = walk.declared(walk.assigned())
    pages = [
        reverse("assessment:case", args=[case.number]),
        reverse("assessment:cases"),
        reverse("assessment:marks", args=[case.number]),
    ]
    with clock.at(ASSESSING):
        for name in ("assessor2", "officer", "auditor"):
            client.force_login(world.users[name])
            before = [seen(client, url) for url in pages]
            commands.save_marks(case.number, walk.full_marks(), by=world.assessor1)
            assert [seen(client, url) for url in pages] == before, name
            commands.save_marks(case.number, {key: {"value": ""} for key in walk.full_marks()}, by=world.assessor1)
        commands.save_marks(case.number, walk.full_marks(), by=world.assessor1)
        commands.hand_in(case.number, by=world.assessor1)
        for name in ("assessor2", "assessor3", "officer", "auditor"):
            client.force_login(world.users[name])
            assert client.get(reverse("assessment:moderation", args=[case.number])).status_code == 409


DECISION_PAGES = ("/", "/applications/", "/assessment/readiness/", "/register/")


@pytest.mark.parametrize("level", ["basic", ""])
def test_nothing_of_a_decision_is_known_before_the_release(walk, world, client, level):
    case = walk.agreed()
    meeting = walk.meeting(case)
    number = case.application.number
    people_told = ("coordinator", "head", "observer_province", "registrar_department", "stranger")
    urls = (*DECISION_PAGES, f"/applications/{number}/", f"/cases/{number}/", f"/assessment/results/{number}/")
    with clock.at(DECIDING):
        before = {}
        for name in people_told:
            client.force_login(world.users[name])
            before[name] = [seen(client, url) for url in urls]
        commands.declare(case.number, "NONE", by=world.committee1)
        commands.decide(
            meeting.code, case.number, level, by=world.committee1, reason="เหตุผล", remedy="อุทธรณ์ภายใน 30 วัน"
        )
        for name in people_told:
            client.force_login(world.users[name])
            assert [seen(client, url) for url in urls] == before[name], name
        commands.release_results(walk.round.code, by=world.officer)
        client.force_login(world.users["coordinator"])
        page = client.get(f"/assessment/results/{number}/")
        assert page.status_code == 200
        assert "เหตุผล" in page.content.decode()
        client.force_login(world.users["stranger"])
        assert client.get(f"/assessment/results/{number}/").status_code == 404


def test_the_two_forms_of_the_rule_agree(walk, world):
    """What the database leaves out is exactly what a page would call a conflict."""
    case, second = walk.assigned(), None
    other = walk.checked(walk.other())
    walk.released(other)
    with clock.at(ASSESSING):
        team = walk.team(assessor1="CHAIR", assessor2="EXPERT")
        second = commands.assign(other.number, team.code, by=world.officer)
        post_in(world, "assessor1", "ministry", ends=date(2020, 1, 1))
        post_in(world, "assessor2", "other_centre", ends=date(2019, 10, 31))
        post_in(world, "assessor3", "district", ends=date(2019, 5, 31), starts=date(2010, 1, 1))
        post_in(world, "committee1", "other_province")
        post_in(world, "committee2", "department", starts=date(2030, 1, 1))
        commands.pin_interest(second.number, world.users["assessor1"].ref, False, by=world.officer, reason="ห่างกันแล้ว")
        found = list(cases.full(Case.objects.all()))
        users = list(world.users.values())
        known = interests(found, users)
        for user in users:
            actor = next(one for one in world.actors.values() if one.user_id == user.pk)
            hidden = set(Case.objects.filter(conflicted(actor)).values_list("pk", flat=True))
            assert hidden == {one.pk for one in found if known[one.pk, user.pk].conflict}, user
        named = {
            name: {one.number for one in found if known[one.pk, world.users[name].pk].conflict} for name in world.users
        }
    assert named["assessor1"] == {case.number}  # a ministry above both; pinned as free in the second
    assert named["assessor2"] == {second.number}
    assert named["assessor3"] == set()  # more than three years ago
    assert named["committee1"] == {second.number}
    assert named["committee2"] == set()  # not yet
    assert named["coordinator"] == {case.number}
    assert named["officer"] == set()


def test_who_worked_on_an_application_does_not_assess_it(walk, world):
    """An assessor who is also a coordinator of the unit, long before three years ago or in another line: the answers tell."""
    application = walk.submitted()
    application.answers.update(updated_by_ref=world.users["assessor1"].ref)
    walk.checked(application)
    walk.released(application)
    team = walk.team(assessor1="CHAIR", assessor2="EXPERT")
    with clock.at(ASSESSING), pytest.raises(commands.teams.NotPossible):
        commands.assign(application.number, team.code, by=world.officer)


def test_a_conflicted_chair_is_replaced_by_those_who_are_free(walk, world):
    case = walk.assigned(team=walk.team(assessor1="CHAIR", assessor2="EXPERT", assessor3="EXPERT"))
    walk.declared(case, "assessor2", "assessor3")
    with clock.at(ASSESSING):
        commands.declare(case.number, "LINE", by=world.assessor1)
        walk.handed_in(case, "assessor2")
        walk.handed_in(case, "assessor3")
        case.refresh_from_db()
        assert case.state == "MARKED"
        commands.save_agreement(case.number, {}, by=world.assessor2, presence=walk.present("assessor2", "assessor3"))
        commands.agree(case.number, by=world.assessor2)


def test_a_late_conflict_takes_the_sheet_out_and_can_complete_the_case(walk, world):
    case = walk.declared(walk.assigned(team=walk.team(assessor1="CHAIR", assessor2="EXPERT", assessor3="EXPERT")))
    walk.handed_in(case, "assessor1")
    walk.handed_in(case, "assessor2")
    case.refresh_from_db()
    assert case.state == "ASSIGNED"
    with clock.at(ASSESSING):
        commands.declare(case.number, "FAMILY", by=world.assessor3)
    case.refresh_from_db()
    assert case.state == "MARKED"


def test_nobody_pins_their_own_interest(walk, world):
    case = walk.assigned()
    with pytest.raises(NotAllowed):
        commands.pin_interest(case.number, world.users["officer"].ref, False, by=world.officer, reason="x")
