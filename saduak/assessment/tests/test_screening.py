"""The desk check: what it asks, what goes back to the unit, and what is marked when it comes back."""

from datetime import date

import pytest
from django.urls import reverse

from saduak.applications import commands as applications
from saduak.applications import queries as application_queries
from saduak.assessment import commands
from saduak.assessment.models import Finding
from saduak.assessment.queries import screening as queries
from saduak.assessment.tests.conftest import SCREENING
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible


def test_a_result_names_every_criterion_that_was_not_looked_at(walk, world):
    application = walk.submitted()
    every = [one.id for one in walk.standard.criteria]
    with clock.at(SCREENING):
        commands.save_findings(application.number, {key: {"verdict": "MET"} for key in every[:-2]}, by=world.officer)
        with pytest.raises(NotComplete) as refused:
            commands.finish(application.number, "READY", by=world.officer)
    assert [one.where for one in refused.value.items] == [f"#item-{key}" for key in every[-2:]]


def test_ready_is_refused_while_an_item_of_the_gate_is_not_met_and_not_ready_needs_words(walk, world):
    application = walk.submitted()
    gate = walk.standard.gate[0].id
    found = {one.id: {"verdict": "MET"} for one in walk.standard.criteria} | {gate: {"verdict": "NOT_MET"}}
    with clock.at(SCREENING):
        commands.save_findings(application.number, found, by=world.officer)
        with pytest.raises(NotComplete) as refused:
            commands.finish(application.number, "READY", by=world.officer)
        assert len(refused.value.items) == 1
        with pytest.raises(NotComplete):
            commands.finish(application.number, "NOT_READY", by=world.officer)
        assert commands.finish(application.number, "NOT_READY", by=world.officer, note="ขาดภาพ").result == "NOT_READY"


def test_returned_corrected_and_screened_again_with_the_changes_marked(walk, world, client):
    application = walk.submitted()
    number = application.number
    flawed, untouched, changed = (one.id for one in walk.standard.criteria[:3])
    found = {one.id: {"verdict": "MET"} for one in walk.standard.criteria} | {flawed: {"verdict": "NOT_MET"}}
    with clock.at(SCREENING):
        commands.save_findings(number, found, by=world.officer)
        with pytest.raises(NotComplete):  # kind and remark are missing
            commands.return_for_correction(number, date(2022, 3, 25), by=world.officer)
        commands.save_findings(number, {flawed: {"kind": "OUTDATED", "remark": "ภาพเก่า"}}, by=world.officer)
        commands.return_for_correction(number, date(2022, 3, 25), by=world.officer)
        with pytest.raises(NotPossible):
            commands.finish(number, "READY", by=world.officer)
        application.refresh_from_db()
        assert application.state == "RETURNED"
        remark = application_queries.remarks(application)[0]
        assert (remark.item, remark.kind, remark.text, remark.due_on) == (
            flawed,
            "OUTDATED",
            "ภาพเก่า",
            date(2022, 3, 25),
        )
        applications.reply_to_remark(number, remark.public_id, "ถ่ายภาพใหม่แล้ว", by=world.coordinator)
        applications.save_answers(number, {changed: {"justification": "เพิ่มรายละเอียด"}}, by=world.coordinator)
        applications.resubmit(number, by=world.head)
        checklist = queries.checklist(queries.by_number(number, actor=world.officer))
        again = {key for key, line in checklist.lines.items() if line.again}
        assert again == {flawed, changed}
        assert checklist.lines[changed].given.changed == ("justification",)
        assert checklist.lines[flawed].reply == "ถ่ายภาพใหม่แล้ว"
        assert checklist.lines[untouched].verdict == "MET"
        client.force_login(world.users["officer"])
        page = client.get(reverse("assessment:screening_sheet", args=[number])).content.decode()
        assert "รายการที่แก้ไข" in page
        assert "เพิ่มรายละเอียด" in page
        with pytest.raises(NotComplete):
            commands.finish(number, "READY", by=world.officer)
        commands.save_findings(number, {key: {"verdict": "MET"} for key in again}, by=world.officer)
        assert commands.finish(number, "READY", by=world.officer).state == "DONE"


def test_the_form_saves_without_scripts_and_leaves_untouched_items_alone(walk, world, client):
    application = walk.submitted()
    first, second, third = (one.id for one in walk.standard.criteria[:3])
    client.force_login(world.users["officer"])
    url = reverse("assessment:screening_save", args=[application.number])
    with clock.at(SCREENING):
        data = {f"verdict-{first}": "MET", f"remark-{first}": "", f"kind-{second}": "", f"remark-{second}": ""}
        assert client.post(url, data).status_code == 302
        assert list(Finding.objects.values_list("item", "verdict")) == [(first, "MET")]
        client.post(url, {"rest": [second, third]})
        assert Finding.objects.filter(verdict="MET").count() == 3
        assert client.post(url, {"verdict-no-such": "MET"}).status_code == 422
        assert client.post(url, {f"verdict-{first}": "PERHAPS"}).status_code == 422


def test_evidence_comes_through_the_screening_only_for_those_who_screen(walk, world, client):
    application = walk.submitted()
    piece = next(one["id"] for one in application.submissions.get().content["evidence"] if one["sha256"])
    url = reverse("assessment:screening_evidence", args=[application.number, piece])
    for name, status in (
        ("officer", 200),
        ("auditor", 200),
        ("coordinator", 403),
        ("assessor1", 403),
        ("stranger", 403),
    ):
        client.force_login(world.users[name])
        assert client.get(url).status_code == status, name
    client.force_login(world.users["officer"])
    absent = reverse("assessment:screening_evidence", args=[application.number, "0" * 32])
    assert client.get(absent).status_code == 404
