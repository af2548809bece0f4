"""Where an office has a head, a letter leaves only as the head approved of it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from saduak.circulars import commands
from saduak.circulars.models import ApprovalStep, Circular
from saduak.circulars.queries import approvals, boxes
from saduak.circulars.tests.conftest import sign
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.people import commands as people
from saduak.people import queries
from saduak.people.actor import Actor, system
from saduak.people.roles import Capacity, Role

TEXT = {"subject": "ขอความร่วมมือ", "addressee": "นายอำเภอ", "paragraphs": "ขอความร่วมมือ"}
TODAY = clock.bangkok(2022, 3, 1, 9)


@pytest.fixture(autouse=True)
def _in_march_in_english():
    with clock.at(TODAY), translation.override("en"):
        yield


def appoint(office, name: str, **more) -> Actor:
    post = people.record_post(
        office, by=system("test"), email=f"{name}@example.go.th", name_th=name, role=Role.HEAD, starts_on=date(2021, 10, 1), **more
    )  # fmt: skip
    actor = queries.actor_for(post.user)
    assert actor is not None
    return actor


@pytest.fixture
def governor(world) -> Actor:
    return appoint(world.province, "governor")


@pytest.fixture
def draft(world, governor) -> Circular:
    by = world.registrar_province
    made = commands.draft_free(by=by)
    commands.save_draft(made.code, by=by, texts=TEXT)
    return sign(made, by=by)


def state(circular: Circular) -> tuple[str, str]:
    circular.refresh_from_db()
    return circular.state, circular.approval


def approve(circular: Circular, by: Actor) -> Circular:
    circular.refresh_from_db()
    return commands.approve(circular.code, by=by, seen=approvals.fingerprint(circular))


def test_a_letter_leaves_only_as_the_head_approved_of_it(world, governor, draft):
    by = world.registrar_province
    with pytest.raises(NotPossible, match="propose"):
        commands.issue(draft.code, by=by)
    with pytest.raises(NotAllowed):
        approve(draft, by)
    commands.propose(draft.code, by=by, remark="ด่วน")
    assert state(draft) == ("DRAFT", "PROPOSED")
    with pytest.raises(NotPossible):
        commands.propose(draft.code, by=by)
    with pytest.raises(NotPossible, match="waits"):
        commands.issue(draft.code, by=by)
    told = Message.objects.get(kind="circular.proposed")
    assert (told.recipient_ref, "ด่วน" in told.body) == (governor.ref, True)
    assert [one.title for one in boxes.waiting_for(governor)] == [draft.subject]
    # Saved without a change it is still what was proposed; with one it is not.
    commands.save_draft(draft.code, by=by, texts=TEXT, selection={"children": True})
    assert state(draft) == ("DRAFT", "PROPOSED")
    approve(draft, governor)
    assert state(draft) == ("DRAFT", "APPROVED")
    assert Message.objects.filter(kind="circular.answered_by_head").get().recipient_ref == by.ref
    assert [one.title for one in boxes.waiting_for(by)] == [draft.subject]
    for change in (
        lambda: commands.save_draft(draft.code, by=by, texts={"subject": "เรื่องอื่น"}),
        lambda: commands.save_draft(draft.code, by=by, texts={}, selection={"kinds": ["LOCAL_BODY"]}),
        lambda: commands.add_action(
            draft.code, by=by, wanted=commands.draft_actions.Wanted("REPLY", "รายงาน", ["DISTRICT"])
        ),
    ):
        change()
        assert state(draft) == ("DRAFT", "NONE")
        with pytest.raises(NotPossible):
            commands.issue(draft.code, by=by)
        approve(draft, governor)
    commands.issue(draft.code, by=by)
    assert state(draft) == ("ISSUING", "APPROVED")
    for done in (lambda: approve(draft, governor), lambda: commands.return_draft(draft.code, by=governor, reason="x")):
        with pytest.raises(NotPossible):
            done()
    moves = list(ApprovalStep.objects.order_by("pk").values_list("move", flat=True))
    assert moves == ["propose", *["approve", "void"] * 3, "approve"]
    events = Entry.objects.filter(event__in=["circular.proposed", "circular.approved", "circular.approval_void"])
    assert events.count() == len(moves)


def test_the_head_returns_a_letter_with_a_reason(world, governor, draft):
    by = world.registrar_province
    with pytest.raises(NotPossible):
        commands.return_draft(draft.code, by=governor, reason="ยังไม่ได้เสนอ")
    commands.propose(draft.code, by=by)
    for reason in ("", "  ", "ก" * 3000):
        with pytest.raises(NotComplete):
            commands.return_draft(draft.code, by=governor, reason=reason)
    commands.return_draft(draft.code, by=governor, reason="แก้กำหนดวัน")
    assert state(draft) == ("DRAFT", "RETURNED")
    assert "แก้กำหนดวัน" in Message.objects.get(kind="circular.answered_by_head").body
    assert not approvals.proposed(governor).exists()
    commands.propose(draft.code, by=by)
    assert list(approvals.proposed(governor)) == [draft]


def test_the_head_may_issue_at_once_and_approves_of_it_by_that(world, governor, draft):
    commands.issue(draft.code, by=governor)
    assert state(draft) == ("ISSUING", "APPROVED")
    step = ApprovalStep.objects.get()
    assert (step.move, step.by_ref, step.acting) == ("approve", governor.ref, "")


def test_who_acts_for_the_head_is_named_as_such(world, governor, draft):
    deputy = appoint(
        world.province, "deputy", capacity=Capacity.ACTING, order_reference="คำสั่งที่ 12/2565", ends_on=date(2022, 4, 1)
    )
    approve(draft, deputy)
    assert ApprovalStep.objects.get().acting == "IN_CHARGE"
    assert Entry.objects.get(event="circular.approved").details["order"] == "คำสั่งที่ 12/2565"


def test_an_incomplete_letter_is_not_proposed_and_a_changed_one_not_approved(world, governor, draft):
    by = world.registrar_province
    seen = approvals.fingerprint(draft)
    commands.save_draft(draft.code, by=by, texts={"subject": ""}, selection={"list": ""})
    with pytest.raises(NotComplete) as refused:
        commands.propose(draft.code, by=by)
    assert {one.where for one in refused.value.items} == {"#id_subject", "#id_selection"}
    with pytest.raises(NotPossible, match="changed"):
        commands.approve(draft.code, by=governor, seen=seen)
    with pytest.raises(NotComplete):
        approve(draft, governor)
    assert state(draft) == ("DRAFT", "NONE")
    with pytest.raises(Circular.DoesNotExist):
        approve(draft, world.head)
    headless = sign(commands.draft_free(by=world.registrar_district), by=world.registrar_district)
    with pytest.raises(NotPossible, match="Nobody"):
        commands.propose(headless.code, by=world.registrar_district)


def test_the_pages_of_the_head(world, governor, draft, sign_in, django_assert_num_queries):
    writer = world.users["registrar_province"]
    check = reverse("circulars:check", args=[draft.code])
    browser = sign_in(writer)
    page = browser.get(check).content.decode()
    assert reverse("circulars:propose", args=[draft.code]) in page
    refused = browser.post(reverse("circulars:issue", args=[draft.code]))
    assert refused.status_code == 409
    assert browser.post(reverse("circulars:propose", args=[draft.code]), {"remark": "<i>ด่วน</i>"}).status_code == 302
    assert browser.post(reverse("circulars:propose", args=[draft.code])).status_code == 409
    assert browser.post(reverse("circulars:approve", args=[draft.code]), {"seen": "x"}).status_code == 403
    head = sign_in(queries.holders([world.province.pk], Role.HEAD).get())
    inbox = head.get(reverse("circulars:approvals")).content.decode()
    assert "&lt;i&gt;ด่วน&lt;/i&gt;" in inbox
    place = reverse("circulars:approval", args=[draft.code])
    page = head.get(place).content.decode()
    assert draft.subject in page
    stale = head.post(reverse("circulars:approve", args=[draft.code]), {"seen": "0" * 64})
    assert stale.status_code == 409
    returned = head.post(reverse("circulars:return_draft", args=[draft.code]), {"reason": ""})
    assert returned.status_code == 422
    kept = head.post(reverse("circulars:return_draft", args=[draft.code]), {"reason": "แก้ <b>วัน</b>"})
    assert kept["Location"] == reverse("circulars:approvals")
    assert "แก้ &lt;b&gt;วัน&lt;/b&gt;" in sign_in(writer).get(check).content.decode()
    sign_in(writer).post(reverse("circulars:propose", args=[draft.code]))
    head = sign_in(queries.holders([world.province.pk], Role.HEAD).get())
    draft.refresh_from_db()
    agreed = head.post(reverse("circulars:approve", args=[draft.code]), {"seen": approvals.fingerprint(draft)})
    assert agreed["Location"] == place
    assert reverse("circulars:issue", args=[draft.code]) in head.get(place).content.decode()
    assert sign_in(world.users["head"]).get(place).status_code == 404
