"""Pages: who is let in, that lists cost the same for one row and for three, and both languages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.assessment import commands
from saduak.assessment.models import Case, ReadinessRelease
from saduak.assessment.queries import teams
from saduak.assessment.tests.conftest import ASSESSING, DECIDING, SCREENING
from saduak.kernel import clock
from saduak.people import commands as people


def cost(client, url: str) -> int:
    client.get(url)  # what is kept between requests (sessions, standards) is there
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200, url
    return len(queries)


def more(walk, world, count: int) -> list:
    """Further centres of the same office, with their applications."""
    centres = [people.register_centre(world.body.code, by=world.coordinator, name_th=f"ศูนย์ที่ {n}") for n in range(count)]
    return [walk.submitted(centre) for centre in centres]


def test_lists_cost_the_same_for_one_row_and_for_three(walk, world, client):
    first = walk.submitted()
    client.force_login(world.users["officer"])
    with clock.at(SCREENING):
        queue, held = reverse("assessment:screening"), reverse("assessment:screening") + "?tab=held"
        preview = f"/assessment/readiness/release/?round={walk.round.code}&body=DLA"
        one = {queue: cost(client, queue)}
        walk.checked(first)
        one |= {url: cost(client, url) for url in (held, preview, "/assessment/readiness/")}
        others = more(walk, world, 2)
        assert cost(client, queue) == one[queue]
        for application in others:
            walk.checked(application)
        for url in (held, preview, "/assessment/readiness/"):
            assert cost(client, url) == one[url], url
        walk.released(first, *others)
        number = ReadinessRelease.objects.get().number
    with clock.at(ASSESSING):
        team = walk.usual_team()
        commands.assign(first.number, team.code, by=world.officer)
        urls = {
            "officer": ["/assessment/cases/", "/assessment/", f"/assessment/teams/{team.code}/"],
            "assessor1": ["/assessment/interests/"],
        }
        small = {}
        for name, pages in urls.items():
            client.force_login(world.users[name])
            small |= {url: cost(client, url) for url in pages}
        for application in others:
            commands.assign(application.number, team.code, by=world.officer)
        for name, pages in urls.items():
            client.force_login(world.users[name])
            for url in pages:
                assert cost(client, url) == small[url], url
        client.force_login(world.users["observer_province"])
        assert cost(client, f"/assessment/readiness/{number}/") < 20


def test_an_agenda_and_the_release_cost_the_same_for_one_case_and_for_two(walk, world, client):
    found = [walk.submitted(), *more(walk, world, 1)]
    for application in found:
        walk.checked(application)
    walk.released(*found)
    team = walk.usual_team()
    cases = [walk.agreed(walk.marked(walk.declared(walk.assigned(one, team)))) for one in found]
    meeting = walk.meeting(cases[0])
    url = reverse("assessment:meeting", args=[meeting.code])
    with clock.at(DECIDING):
        client.force_login(world.users["committee1"])
        once = cost(client, url)
        listed = cost(client, "/assessment/meetings/")
        commands.put_on_agenda(meeting.code, [cases[1].number], by=world.officer)
        assert cost(client, url) == once
        assert cost(client, "/assessment/meetings/") == listed
        for case in cases:
            commands.declare(case.number, "NONE", by=world.committee1)
        commands.decide(meeting.code, cases[0].number, "excellent", by=world.committee1)
        client.force_login(world.users["officer"])
        results = cost(client, "/assessment/results/")
        commands.decide(meeting.code, cases[1].number, "excellent", by=world.committee1)
        assert cost(client, "/assessment/results/") == results


INSIDE = {
    "assessment:screening": "200 403 403 200 403 403 403",
    "assessment:readiness": "200 403 403 200 200 200 200",
    "assessment:teams": "200 403 403 200 403 403 403",
    "assessment:assignments": "200 403 403 403 403 403 403",
    "assessment:cases": "200 200 200 200 403 403 403",
    "assessment:interests": "200 200 200 200 403 403 403",
    "assessment:meetings": "200 403 200 200 403 403 403",
    "assessment:meeting_call": "200 403 403 403 403 403 403",
    "assessment:results": "200 403 403 200 403 403 403",
    "assessment:readiness_preview": "404 403 403 403 403 403 403",
}


@pytest.mark.parametrize("name", list(INSIDE))
def test_who_is_let_in(walk, world, client, name):
    found = []
    for person in ("officer", "assessor1", "committee1", "auditor", "coordinator", "stranger", "observer_province"):
        client.force_login(world.users[person])
        found.append(str(client.get(reverse(name)).status_code))
    assert " ".join(found) == INSIDE[name]
    client.logout()
    assert client.get(reverse(name)).status_code == 302


def test_a_whole_case_reads_in_english_too(walk, world, client):
    case = walk.decided()
    client.force_login(world.users["officer"])
    client.post("/language/", {"language": "en"})
    with clock.at(DECIDING):
        page = client.get(reverse("assessment:case", args=[case.number])).content.decode()
    assert "Decision of the committee" in page
    assert "Not certified" not in page


def test_the_proposal_keeps_to_regions_avoids_conflicts_and_evens_the_load(walk, world):
    found = [walk.submitted(), *more(walk, world, 1), walk.other()]
    for application in found:
        walk.checked(application)
    walk.released(*found)
    north = walk.team(assessor1="CHAIR", assessor2="EXPERT")
    south = walk.team(assessor2="CHAIR", assessor3="EXPERT")
    with clock.at(ASSESSING):
        commands.set_region(north.code, ["55"], by=world.officer)
        proposals = teams.proposals(teams.unassigned(walk.round), list(teams.teams(walk.round)))
        chosen = {one.application.pk: one.proposed for one in proposals}
        assert [chosen[one.pk] for one in found] == [south, south, north]
        # assessor3 has worked in Phrae: their team cannot mark there any more, so the other one is proposed out of its region
        people.record_post(
            world.province,
            by=world.officer,
            email="assessor3@example.go.th",
            name_th="x",
            role="OBSERVER",
            starts_on=clock.today(),
        )
        proposals = teams.proposals(teams.unassigned(walk.round), list(teams.teams(walk.round)))
        chosen = {one.application.pk: one.proposed for one in proposals}
        assert [chosen[one.pk] for one in found] == [north, north, south] or chosen[found[0].pk] == north
        made = commands.assign_many(
            [(one.application.number, one.proposed.code) for one in proposals], by=world.officer
        )
        assert Case.objects.count() == len(made) == 3


def test_a_release_that_changed_meanwhile_is_refused(walk, world, client):
    walk.checked(walk.submitted())
    walk.checked(walk.other())
    client.force_login(world.users["officer"])
    with clock.at(SCREENING):
        data = {"round": walk.round.code, "body": "DLA", "province": "", "expected": "1"}
        assert client.post(reverse("assessment:readiness_preview"), data).status_code == 409
        assert client.post(reverse("assessment:readiness_preview"), data | {"province": "54"}).status_code == 302
    assert ReadinessRelease.objects.get().ready == 1


def test_a_stranger_who_posts_finds_nothing(walk, world, client):
    case = walk.assigned()
    number = ReadinessRelease.objects.get().number
    client.force_login(world.users["stranger_head"])
    urls = [
        reverse("assessment:readiness_acknowledge", args=[number]),
        reverse("assessment:marks_save", args=[case.number]),
        reverse("assessment:agree", args=[case.number]),
        reverse("assessment:screening_finish", args=[case.application.number]),
        reverse("assessment:screening_save", args=[case.application.number]),
    ]
    with clock.at(ASSESSING):
        assert [client.post(url).status_code for url in urls] == [404, 404, 404, 403, 404]


def test_an_auditor_is_led_to_no_closed_door(walk, world, client):
    walk.ready()
    client.force_login(world.users["auditor"])
    for name in ("assessment:index", "assessment:teams"):
        page = client.get(reverse(name)).content.decode()
        assert reverse("assessment:assignments") not in page
    client.force_login(world.users["officer"])
    assert reverse("assessment:assignments") in client.get(reverse("assessment:index")).content.decode()
