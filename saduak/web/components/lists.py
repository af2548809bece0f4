"""Lists of things: tasks, answers, events, pages, trees."""

from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from saduak.web.components import dates
from saduak.web.components.marks import status, value

EVENT_ICONS = {
    "neutral": "point",
    "active": "player-play",
    "waiting": "hourglass",
    "good": "check",
    "bad": "alert-triangle",
}


def task_list(items: list[Any], level: int = 3) -> dict[str, Any]:
    """Tasks with their state; an item with `title` and `items` is a section of its own, with a heading of this level."""
    sections: list[dict[str, Any]] = []
    for item in items:
        inner = value(item, "items", None)
        if value(item, "title") and not callable(inner):
            rows = [_task(one) for one in inner or []]
            sections.append({"title": value(item, "title"), "items": rows, "hint": value(item, "hint")})
        else:
            if not sections or sections[-1]["title"]:
                sections.append({"title": "", "items": [], "hint": ""})
            sections[-1]["items"].append(_task(item))
    return {"sections": sections, "level": level}


def _task(item: Any) -> dict[str, Any]:
    state = value(item, "state") or value(item, "status")
    return {
        "label": value(item, "label"),
        "url": "" if value(item, "blocked") else value(item, "url"),
        "hint": value(item, "hint"),
        "blocked": value(item, "blocked"),
        "status": state if isinstance(state, SafeString) else status(state),
    }


def timeline(events: list[Any]) -> dict[str, Any]:
    """What happened and what is to come, in the order given."""
    rows = []
    for event in events:
        tone = value(event, "tone") or "neutral"
        rows.append(
            {
                "at": dates.moment(value(event, "at"), "long"),
                "title": value(event, "title"),
                "by": value(event, "by"),
                "text": value(event, "text"),
                "url": value(event, "url"),
                "tone": tone,
                "icon": value(event, "icon") or EVENT_ICONS.get(tone, "point"),
                "pending": bool(value(event, "pending")),
            }
        )
    return {"events": rows}


def tree(nodes: list[Any], level: int = 1) -> dict[str, Any]:
    """A tree of details and summary; without scripts it opens and closes all the same."""
    rows = []
    for node in nodes:
        state = value(node, "status")
        rows.append(
            {
                "label": value(node, "label"),
                "url": value(node, "url"),
                "note": value(node, "note"),
                "status": state if isinstance(state, SafeString) else status(state),
                "children": list(value(node, "children") or []),
                "open": bool(value(node, "open")),
                "current": bool(value(node, "current")),
            }
        )
    return {"nodes": rows, "level": level, "next_level": level + 1}


def paging(context: Context, page_obj: Page, name: str = "page") -> dict[str, Any]:
    """Links to the pages of a list; everything else in the address stays as it is."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?{name}={number}"
        query[name] = str(number)
        return "?" + query.urlencode()

    paginator = page_obj.paginator
    numbers = [
        {"number": number, "url": address(number), "current": number == page_obj.number}
        if isinstance(number, int)
        else {"gap": True}
        for number in paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    return {
        "many": paginator.num_pages > 1,
        "numbers": numbers,
        "previous": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": address(page_obj.next_page_number()) if page_obj.has_next() else "",
        "first": page_obj.start_index(),
        "last": page_obj.end_index(),
        "total": paginator.count,
        "page": page_obj.number,
        "pages": paginator.num_pages,
    }


def turn(holder: Any, until: Any = None, what: Any = "", url: str = "") -> dict[str, Any]:
    """Whose turn it is and until when."""
    deadline = dates.as_date_or_moment(until)
    return {
        "holder": holder,
        "what": what,
        "url": url,
        "deadline": dates.unbroken(dates.thai_deadline(deadline, "long")) if deadline else "",
        "machine": deadline.isoformat() if deadline else "",
        "left": dates.working_days_left(deadline) if deadline else "",
        "urgency": dates.urgency(deadline) if deadline else "calm",
    }


def tabs(items: list[Any], current: str = "", label: Any = "") -> dict[str, Any]:
    """Links between the pages of one thing."""
    rows = [
        {
            "label": value(item, "label"),
            "url": value(item, "url"),
            "count": value(item, "count", None),
            "current": value(item, "key", None) == current or bool(value(item, "current")),
        }
        for item in items
    ]
    return {"items": rows, "label": label or gettext("Sections")}
