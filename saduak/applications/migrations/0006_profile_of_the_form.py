"""Answers of profiles as the form of the round keeps them: what was kept under other ids (`formerly`: latitude and longitude
of a place) moves to the question that asks for it now, and numbers are written as text.

What was handed in stays as it was; it is read along the same `formerly`.
"""

from decimal import Decimal, InvalidOperation

from django.db import migrations

PREFIX = "profile."
TENTH_OF_A_METRE = Decimal("0.000001")


def move_answers(apps, schema_editor):
    answers = apps.get_model("applications", "Answer")
    rounds = apps.get_model("rounds", "Round").objects.exclude(profile_pack=None).select_related("profile_pack")
    for one in rounds:
        questions = [
            question for group in one.profile_pack.content["groups"] for question in group["questions"]
        ]
        mine = answers.objects.filter(application__round=one)
        for question in questions:
            if question["type"] == "number":
                for answer in mine.filter(item=PREFIX + question["id"]):
                    if isinstance(answer.value, int) and not isinstance(answer.value, bool):
                        answer.value = str(answer.value)
                        answer.save(update_fields=["value"])
            elif question.get("formerly"):
                _move(answers, mine, question)


def _move(answers, mine, question):
    """The new answer is as young as the youngest of the old ones. Half a place stays where it was."""
    former = [PREFIX + one for one in question["formerly"]]
    found = {}
    for answer in mine.filter(item__in=former):
        found.setdefault(answer.application_id, {})[answer.item] = answer
    there = set(mine.filter(item=PREFIX + question["id"]).values_list("application_id", flat=True))
    for application_id, parts in found.items():
        value = _value(question, [parts[one].value if one in parts else None for one in former])
        if value is None or application_id in there:
            continue
        last = max(parts.values(), key=lambda one: one.updated_at)
        version = max(one.version for one in parts.values())
        answers.objects.create(
            application_id=application_id,
            item=PREFIX + question["id"],
            value=value,
            version=version,
            value_version=version,
            updated_by_ref=last.updated_by_ref,
            updated_by_name=last.updated_by_name,
            updated_at=last.updated_at,
            copied_from=max((one.copied_from or 0 for one in parts.values()), default=0) or None,
        )


def _value(question, parts):
    if any(one in (None, "") for one in parts):
        return None
    if question["type"] != "place":
        return parts[0]
    try:
        degrees = [str(Decimal(str(one)).quantize(TENTH_OF_A_METRE)) for one in parts]
    except InvalidOperation:
        return None
    return dict(zip(("latitude", "longitude"), degrees, strict=True))


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_longer_items"), ("rounds", "0007_earlier_rounds_profile")]

    operations = [migrations.RunPython(move_answers, migrations.RunPython.noop)]
