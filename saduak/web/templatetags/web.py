"""The components of the house. A template builtin: templates need no load. What each does is in saduak/web/components."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from saduak.web.components import dates, figures, forms, kept, lists, marks
from saduak.web.refusals import reason

register = template.Library()

for _name in (
    "thai_date",
    "thai_moment",
    "thai_deadline",
    "thai_digits",
    "be_year",
    "fiscal_year_label",
    "file_size",
    "working_days_left",
    "number",
):
    register.filter(_name, getattr(dates, _name))

register.filter("reason", reason)
register.simple_tag(dates.moment, name="moment")
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.status, name="status")
register.simple_tag(marks.person, name="person")
register.simple_tag(kept.fixed, name="fixed")
register.simple_tag(kept.rail, name="rail")
register.simple_tag(figures.progress, name="progress")
register.simple_tag(figures.marked_text, name="marked_text")


def _component(name: str, function: Any, *, context: bool = False) -> None:
    register.inclusion_tag(f"web/components/{name}.html", name=name, takes_context=context)(function)


_component("turn", lists.turn)
_component("field", forms.field)
_component("error_summary", forms.error_summary)
_component("action", forms.action, context=True)
_component("filters", forms.filters, context=True)
_component("task_list", lists.task_list)
_component("timeline", lists.timeline)
_component("tree", lists.tree)
_component("paging", lists.paging, context=True)
_component("tabs", lists.tabs)
_component("bars", figures.bars)
_component("qr", figures.qr)


@register.simple_tag
def tag(label: Any, tone: str = "neutral", icon: str = "", note: Any = "") -> SafeString:
    return marks.tag(label, tone, icon, note)


@register.inclusion_tag("web/components/fields.html")
def fields(form: Any) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("web/components/submit.html")
def submit(label: Any, tone: str = "primary", name: str = "", value: str = "", icon: str = "") -> dict[str, Any]:
    return {"label": label, "tone": tone, "name": name, "value": value, "icon": icon}


@register.inclusion_tag("web/components/summary_list.html")
def summary_list(rows: list[Any]) -> dict[str, Any]:
    return {"rows": rows, "acting": any(marks.value(row, "action_url") for row in rows)}


@register.inclusion_tag("web/components/empty_state.html")
def empty_state(
    title: Any, text: Any = "", action_url: str = "", action_label: Any = "", icon: str = "inbox"
) -> dict[str, Any]:
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label, "icon": icon}


NOTICE_ICONS = {
    "info": "info-circle",
    "good": "circle-check",
    "warning": "alert-triangle",
    "bad": "alert-octagon",
    "drafted": "pencil",
}


@register.inclusion_tag("web/components/notice.html")
def notice(
    tone: str, text: Any = "", title: Any = "", url: str = "", url_label: Any = "", live: bool = False
) -> dict[str, Any]:
    tone = {"success": "good", "error": "bad", "debug": "info"}.get(tone, tone)
    tone = tone if tone in NOTICE_ICONS else "info"
    icon = NOTICE_ICONS[tone]
    return {
        "tone": tone, "icon": icon, "text": text, "title": title, "url": url, "url_label": url_label, "live": live
    }  # fmt: skip


@register.inclusion_tag("web/components/stat.html")
def stat(label: Any, value: Any, hint: Any = "", url: str = "", of: Any = None) -> dict[str, Any]:
    return {"label": label, "value": value, "hint": hint, "url": url, "of": of}


@register.inclusion_tag("web/components/breadcrumbs.html")
def breadcrumbs(items: list[Any]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("web/components/copy.html")
def copy(text: Any, label: Any = "") -> dict[str, Any]:
    return {"text": text, "label": label}


@register.inclusion_tag("web/components/autosave_banner.html")
def autosave_banner(saved_at: Any = None) -> dict[str, Any]:
    return {"saved_at": saved_at}


@register.simple_block_tag
def panel(
    content: SafeString,
    title: Any = "",
    icon: str = "",
    id: str = "",
    hint: Any = "",
    tone: str = "",
    level: int = 2,
    count: Any = None,
) -> SafeString:
    """A section on its own sheet; `level` is that of its heading."""
    heading: Any = ""
    if title:
        heading = format_html(
            '<div class="sheet-head"><h{0} class="sheet-title">{1}<span>{2}</span>{3}</h{0}>{4}</div>',
            int(level),
            marks.icon(icon) if icon else "",
            title,
            format_html(' <span class="count">{}</span>', count) if count is not None else "",
            format_html('<p class="sheet-hint">{}</p>', hint) if hint else "",
        )
    identity = format_html(' id="{}"', id) if id else ""
    return format_html(
        '<section class="sheet{}"{}>{}{}</section>', f" sheet-{tone}" if tone else "", identity, heading, content
    )


@register.simple_block_tag
def disclosure(content: SafeString, label: Any, open: bool = False) -> SafeString:
    """A closed part that opens on click, also without scripts."""
    return format_html(
        '<details class="disclosure"{}><summary>{}<span>{}</span></summary><div class="disclosure-body">{}</div></details>',
        format_html("{}", " open") if open else "",
        marks.icon("chevron-right"),
        label,
        content,
    )
