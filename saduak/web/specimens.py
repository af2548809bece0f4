"""What the page of components shows: every component in every state, with short, long, hostile and no text at all."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from saduak.kernel import clock
from saduak.kernel.refusals import Item, NotComplete
from saduak.kernel.verdict import YES, no, not_now
from saduak.kernel.workflow import State
from saduak.web import phrases
from saduak.web.form_fields import ThaiDateField

LONG = (
    "ศูนย์บริการประชาชนแบบเบ็ดเสร็จ ณ จุดเดียว องค์การบริหารส่วนตำบลบ้านใหม่พัฒนาเหนือผู้ใหญ่ลี้ อำเภอเมืองตัวอย่าง "
    "จังหวัดตัวอย่างซึ่งมีชื่อยาวเป็นพิเศษเพื่อทดสอบว่าหน้าจอรองรับข้อความภาษาไทยที่ยาวมากได้โดยไม่ล้นกรอบ"
)
UNBROKEN = "พิพิธภัณฑสถานแห่งชาติเฉลิมพระเกียรติสมเด็จพระนางเจ้า" * 3
HOSTILE = '<b onclick="x()">\u202eชื่อแปลก</b> {{ name }} %(x)s'
LETTER = "ที่ มท ๐๘๑๐.๗/ว ๓๑๕๓\nลงวันที่ ๒๙ ธันวาคม ๒๕๖๔\nเรื่อง การรับสมัครเพื่อขอรับรองมาตรฐานศูนย์ราชการสะดวก"
QR = '<svg viewBox="0 0 7 7"><path d="M0 0h3v3h-3zM4 0h3v3h-3zM0 4h3v3h-3zM4 4h1v1h-1zM6 6h1v1h-1z"/></svg>'

STATES = [
    State("DRAFT", _("Draft")),
    State("RETURNED", _("Returned for correction"), tone="active"),
    State("SUBMITTED", _("Submitted, waiting for screening"), tone="waiting"),
    State("CERTIFIED", _("Certified"), tone="good"),
    State("REFUSED", _("Not certified"), tone="bad"),
]


class SpecimenForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(
        label=_("Name of the centre"), help_text=_("As it stands on the sign at the door."), max_length=200
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    held_on = ThaiDateField(label=_("Day of the briefing"))
    seats = forms.IntegerField(label=_("Seats"), min_value=1)
    province = forms.ChoiceField(
        label=_("Province"), choices=[("", "—"), ("54", "แพร่"), ("57", "เชียงราย"), ("x", LONG)]
    )
    met = forms.ChoiceField(
        label=_("Is this met?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No")), ("part", _("In part"))],
    )
    channels = forms.MultipleChoiceField(
        label=_("Ways to reach you"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("counter", _("Counter")), ("phone", _("Telephone")), ("line", "LINE")],
        required=False,
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), help_text=LONG)
    photo = forms.FileField(
        label=_("Photo or PDF"), help_text=_("JPEG, PNG, WebP or PDF, up to 20 MB."), required=False
    )
    agree = forms.BooleanField(label=_("I have read this and it is true"))


class FilterForm(forms.Form):
    """A bar of filters."""

    q = forms.CharField(label=_("Search"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *((one.code, one.label) for one in STATES)], required=False
    )


def context(query: QueryDict) -> dict[str, Any]:
    """Everything the page needs; moments lie around now."""
    now = clock.now()
    wrong = SpecimenForm(
        {"name": "", "email": "not an address", "held_on": "31 ก.พ. 2565", "seats": "0", "met": "perhaps"}
    )
    return {
        "states": STATES,
        "long": LONG,
        "unbroken": UNBROKEN,
        "hostile": HOSTILE,
        "now": now,
        "soon": now + timedelta(days=1),
        "later": now + timedelta(days=21),
        "past": now - timedelta(days=9),
        "form": SpecimenForm(prefix="plain", initial={"held_on": clock.today(), "met": "yes"}),
        "wrong": wrong,
        "levels": {"yes": _("Everything asked for is there and can be shown."), "no": _("Nothing yet."), "part": LONG},
        "refusal": NotComplete(phrases.THINGS_MISSING, items=[Item(_("Photo of the sign"), "#panels"), Item(LONG, "")]),
        "may": YES,
        "may_not": no(phrases.NOT_YOUR_ROLE, role=_("observer")),
        "not_now": not_now(phrases.WINDOW_CLOSED, closed=now - timedelta(days=9)),
        "tasks": [
            {
                "title": _("Before you begin"),
                "items": [
                    {
                        "label": _("Profile of the centre"),
                        "url": "#tasks",
                        "status": {"label": _("Done"), "tone": "good"},
                    },
                    {
                        "label": _("Self-check of the 14 gate items"),
                        "url": "#tasks",
                        "hint": _("12 of 14 answered"),
                        "status": {"label": _("Being done"), "tone": "active"},
                    },
                ],
            },
            {
                "title": _("Hand in"),
                "items": [
                    {"label": LONG, "url": "#tasks", "status": {"label": _("Not begun"), "tone": "neutral"}},
                    {
                        "label": _("Submit"),
                        "blocked": _("First answer every gate item."),
                        "status": {"label": _("Cannot begin yet"), "tone": "waiting"},
                    },
                ],
            },
        ],
        "answers": [
            {"label": _("Name of the centre"), "value": LONG, "action_url": "#answers"},
            {"label": _("Opening hours"), "value": "", "action_url": "#answers"},
            {"label": _("Telephone"), "missing": True, "action_url": "#answers", "action_label": _("Answer now")},
            {"label": _("Note"), "value": HOSTILE, "action_url": "#answers"},
        ],
        "page_obj": Paginator(range(1, 1235), 50).get_page(query.get("page", 3)),
        "events": [
            {"at": now - timedelta(days=12), "title": _("Submitted"), "by": "นางสาวมะลิ ตัวอย่าง", "tone": "good"},
            {
                "at": now - timedelta(days=4),
                "title": _("Returned for correction"),
                "by": _("programme officer"),
                "text": LONG,
                "tone": "waiting",
            },
            {"at": now, "title": _("Being corrected"), "tone": "active", "url": "#events"},
            {"at": now + timedelta(days=14), "title": _("Screening ends"), "pending": True},
        ],
        "nodes": [
            {
                "label": "กระทรวงมหาดไทย",
                "open": True,
                "note": "77",
                "children": [
                    {
                        "label": "จังหวัดแพร่",
                        "url": "#tree",
                        "open": True,
                        "children": [
                            {"label": "อำเภอลอง", "current": True, "url": "#tree", "status": STATES[3]},
                            {"label": LONG, "status": STATES[2]},
                        ],
                    },
                    {"label": "จังหวัดเชียงราย", "children": [{"label": "อำเภอเมืองเชียงราย"}]},
                ],
            },
        ],
        "crumbs": [{"label": _("Home"), "url": "/"}, {"label": _("Rounds"), "url": "/rounds/"}, {"label": "2565"}],
        "tab_items": [
            {"key": "overview", "label": _("Overview"), "url": "#tabs"},
            {"key": "answers", "label": _("Answers"), "url": "#tabs", "count": 50},
            {"key": "history", "label": _("History"), "url": "#tabs"},
        ],
        "filters": FilterForm(query if query else None),
        "sides": [
            {"label": _("Place"), "value": 412},
            {"label": _("Service"), "value": 1350, "url": "#figures"},
            {"label": LONG, "value": 96},
            {"label": _("Technology"), "value": 0, "note": _("nothing counted yet")},
        ],
        "nobody": None,
        "someone": {"name": "นางสาวมะลิ ตัวอย่าง", "role_label": _("coordinator"), "organisation_name": "อำเภอลอง"},
        "qr": QR,
        "letter": LETTER,
        "spans": [_span("มท ๐๘๑๐.๗/ว ๓๑๕๓", "number", _("Number")), _span("๒๙ ธันวาคม ๒๕๖๔", "dated", _("Date"))],
    }


def _span(words: str, name: str, label: Any) -> tuple[int, int, str, Any]:
    start = LETTER.index(words)
    return start, start + len(words), name, label
