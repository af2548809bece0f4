"""Comments inside the office, beginning from the last application, who acts for the head, entering for a unit, certificates."""

from datetime import date, timedelta

import pytest

from saduak.applications import commands, eligibility, queries, receipts
from saduak.applications.models import AssistedEntry, Comment
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.packs import commands as packs
from saduak.people import commands as people
from saduak.people import queries as people_queries
from saduak.people.roles import Role
from saduak.rounds import commands as rounds

pytestmark = pytest.mark.django_db


def test_comments_are_for_the_own_people_only(world, draft, sign_in):
    first = commands.comment(draft.number, "<b>ภาพไหน</b>", by=world.coordinator, item="g-01")
    commands.comment(draft.number, "ภาพหน้าศูนย์", by=world.colleague, thread=first.public_id)
    commands.resolve_comment(draft.number, first.public_id, by=world.head)
    (thread,) = queries.threads(draft)
    assert (thread.first.item, thread.first.resolved_by_name, len(thread.replies)) == ("g-01", world.head.name, 1)
    assert queries.open_comments(draft) == 0
    commands.comment(draft.number, "ยังไม่ชัด", by=world.head, thread=first.public_id)
    assert queries.open_comments(draft) == 1  # an answer opens it again
    assert not Entry.objects.filter(event__contains="comment").exists()
    page = sign_in(world.users["colleague"]).get(f"/applications/{draft.number}/comments/")
    assert "&lt;b&gt;ภาพไหน&lt;/b&gt;" in page.content.decode()
    for person in ("officer", "observer_province", "stranger", "auditor"):
        assert sign_in(world.users[person]).get(f"/applications/{draft.number}/comments/").status_code == 404
    with pytest.raises(NotAllowed):
        commands.comment(draft.number, "อยากรู้", by=world.officer)


@pytest.mark.parametrize("given", [{"text": "  "}, {"text": "x", "item": "q-9-99"}, {"text": "ก" * 2001}])
def test_a_comment_that_says_nothing_is_refused(world, draft, given):
    with pytest.raises(NotComplete):
        commands.comment(draft.number, by=world.coordinator, **given)
    assert not Comment.objects.exists()


def test_comments_are_not_handed_in_and_end_with_handing_in(world, full):
    commands.comment(full.number, "ความลับของสำนักงาน", by=world.coordinator)
    written = commands.submit(full.number, by=world.head)
    assert "ความลับ" not in str(written.content)
    with pytest.raises(NotPossible):
        commands.comment(full.number, "อีก", by=world.coordinator)


def _next_round(world, settings):
    packs.publish(settings.PACKS, "gecc/rounds/2565-extra", by=world.officer)
    return rounds.open_round("gecc/rounds/2565-extra", by=world.officer)


def test_a_copied_answer_waits_until_somebody_looked(world, submitted, settings, opened, sign_in):
    opened.fiscal_year = 2562  # the round before
    opened.save(update_fields=["fiscal_year"])
    after = _next_round(world, settings)
    made = commands.start(after.code, world.centre.code, by=world.coordinator, from_last=True)
    assert made.begun_from == submitted.number
    found = queries.answers(made)
    assert found["g-01"].value is True
    assert {one.copied_from for one in found.values()} == {2562}
    assert [one.title for one in queries.evidence(made)] == [one.title for one in queries.evidence(submitted)]
    with pytest.raises(NotComplete):
        commands.propose(made.number, by=world.coordinator)
    page = sign_in(world.users["coordinator"])
    html = page.get(f"/applications/{made.number}/sections/physical/").content.decode()
    assert "2562" in html
    page.post(f"/applications/{made.number}/looked/", {"item": "g-01"})
    assert queries.answers(made)["g-01"].copied_from is None
    commands.save_answers(made.number, {"g-02": {"value": "no"}}, by=world.coordinator)
    assert queries.answers(made)["g-02"].copied_from is None  # whoever writes has looked
    commands.look_at(made.number, list(found), by=world.coordinator)
    assert queries.progress(made).complete
    assert page.post(f"/applications/{made.number}/looked/", {"item": "x<y"}).status_code == 404


def test_who_acts_for_the_head_is_named_on_the_receipt(world, full):
    given = {"email": "deputy@example.go.th", "name_th": "รอง แทนการ", "role": Role.HEAD, "starts_on": date(2022, 1, 1)}
    with pytest.raises(NotComplete) as refused:
        people.give_post(world.body, by=world.head, capacity="ACTING", **given)
    assert refused.value.field == "ends_on"
    post = people.give_post(
        world.body,
        by=world.head,
        capacity="ACTING",
        order_reference="คำสั่งที่ 12/2565",
        ends_on=date(2022, 3, 31),
        **given,
    )
    acting = people_queries.actor_for(post.user)
    with pytest.raises(NotAllowed):  # it is not handed on
        people.give_post(
            world.body,
            by=acting,
            capacity="ACTING",
            ends_on=date(2022, 3, 31),
            **{**given, "email": "third@example.go.th"},
        )
    written = commands.submit(full.number, by=acting)
    assert written.by_on_paper.startswith("รักษาราชการแทน")
    assert written.by_order == "คำสั่งที่ 12/2565"
    assert receipts.pdf(written).startswith(b"%PDF")
    with clock.at(clock.bangkok(2022, 4, 1)):
        assert people_queries.actor_for(post.user) is None  # the time is over


def test_a_centre_that_is_certified_for_long_is_told_before_it_begins(world, opened):
    commands.note_certificate(
        world.centre.pk, queries.programme_of(opened), number="GECC-9", valid_to=date(2024, 9, 30)
    )
    (check,) = eligibility.checks(world.coordinator)
    assert not check.verdict
    assert str(check.instead)
    with pytest.raises(NotPossible):
        commands.start(opened.code, world.centre.code, by=world.coordinator)
    commands.note_certificate(
        world.centre.pk, queries.programme_of(opened), number="GECC-9", valid_to=date(2022, 9, 30)
    )
    assert eligibility.checks(world.coordinator)[0].verdict
    commands.note_certificate(
        world.centre.pk, queries.programme_of(opened), number="GECC-9", valid_to=date(2024, 9, 30)
    )
    commands.forget_certificate("GECC-9")
    assert commands.start(opened.code, world.centre.code, by=world.coordinator).state == "DRAFT"


def test_a_unit_admitted_late_applies_and_hands_in_after_the_close(world, opened, fill):
    after, until = clock.bangkok(2022, 3, 2, 9), clock.bangkok(2022, 3, 8)
    with clock.at(after):
        assert not eligibility.checks(world.coordinator)[0].verdict
        rounds.admit_late(opened.code, world.body.code, by=world.officer, until=until, reason="น้ำท่วมสำนักงานทั้งหลัง")
        (check,) = eligibility.checks(world.coordinator)
        assert check.verdict
        assert check.closes_at == until
        assert not eligibility.checks(world.stranger)[0].verdict
        draft = fill(commands.start(opened.code, world.centre.code, by=world.coordinator))
        commands.propose(draft.number, by=world.coordinator)
    with clock.at(until), pytest.raises(NotPossible):
        commands.submit(draft.number, by=world.head)
    with clock.at(until - timedelta(seconds=1)):
        commands.submit(draft.number, by=world.head)
    draft.refresh_from_db()
    assert draft.state == "SUBMITTED"


TOLD = {"channel": "TELEPHONE", "told_by": "นายบุญส่ง นำพา นายกเทศมนตรี", "told_on": date(2022, 2, 1)}


def test_an_entry_for_a_unit_counts_from_its_moment_once_confirmed(world, opened, fill_by):
    with pytest.raises(NotAllowed):
        commands.start_for(opened.code, world.centre.code, by=world.stranger, **TOLD)
    with pytest.raises(NotComplete):
        commands.start_for(opened.code, world.centre.code, by=world.officer, **{**TOLD, "channel": "PIGEON"})
    made = commands.start_for(opened.code, world.centre.code, by=world.officer, **TOLD)
    with pytest.raises(NotComplete):
        commands.enter(made.number, by=world.officer)
    fill_by(made, world.officer)
    with clock.at(clock.bangkok(2022, 2, 28, 23, 59)):
        commands.enter(made.number, by=world.officer)
    with pytest.raises(NotPossible):
        commands.save_answers(made.number, {"g-01": {"value": "no"}}, by=world.officer)
    with clock.at(clock.bangkok(2022, 3, 3)):  # after the close, but what was entered arrived in time
        written = commands.submit(made.number, by=world.head)
    assert written.submitted_at == clock.bangkok(2022, 2, 28, 23, 59)
    assert AssistedEntry.objects.get().confirmed_by_name == world.head.name


def test_an_entry_that_is_sent_back_is_the_unit_s_own(world, opened, fill_by):
    made = commands.start_for(opened.code, world.centre.code, by=world.officer, **TOLD)
    fill_by(made, world.officer)
    commands.enter(made.number, by=world.officer)
    commands.send_back(made.number, by=world.head, note="เราจะกรอกเอง")
    with pytest.raises(NotPossible):
        commands.save_answers(made.number, {"g-01": {"value": "no"}}, by=world.officer)
    with clock.at(clock.bangkok(2022, 3, 3)), pytest.raises(NotPossible):
        commands.submit(made.number, by=world.head)


def test_a_second_click_on_begin_finds_the_first_application(world, draft, opened, sign_in):
    answer = sign_in(world.users["coordinator"]).post(
        "/applications/new/", {"round": opened.code, "centre": world.centre.code}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/applications/{draft.number}/")
