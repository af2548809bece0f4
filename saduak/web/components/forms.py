"""Forms: a field with all that belongs to it, error summary, actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from saduak.kernel.refusals import Refusal
from saduak.kernel.verdict import Verdict
from saduak.web import refusals
from saduak.web.components import kept

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
)
TONES = {"primary", "secondary", "danger", "plain"}


def field(
    bound: BoundField,
    label: Any = "",
    help: Any = "",
    width: str = "",
    cards: bool = False,
    descriptions: Mapping[str, Any] | None = None,
    hide_label: bool = False,
    attrs: Mapping[str, Any] | None = None,
    optional: bool = True,
) -> dict[str, Any]:
    """Everything a form field needs to be understood: label, help, control and error, wired together.

    optional: False where a field may stay empty for now only, so that nobody is told that it may stay so.
    """
    kind = next((name for widget, name in KINDS if isinstance(bound.field.widget, widget)), "input")
    help_text = help or bound.help_text
    described = [f"{bound.auto_id}_help"] if help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    extra: dict[str, Any] = dict(attrs or {})
    if described:
        extra["aria-describedby"] = " ".join(described)
    grouped = kind in {"radios", "checkboxes"}
    if not grouped and kind != "checkbox":
        extra["class"] = " ".join(filter(None, [bound.field.widget.attrs.get("class"), "control", f"control-{kind}"]))
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "help": help_text,
        "width": width,
        "cards": cards,
        "hide_label": hide_label,
        "described": extra.get("aria-describedby", ""),
        "options": _options(bound, descriptions or {}) if grouped else [],
        "control": "" if grouped else _control(bound, extra),
        "optional": optional
        and not bound.field.required
        and not bound.field.disabled
        and kind != "checkbox"
        and not grouped,
        "multiple": bool(bound.field.widget.attrs.get("multiple")),
        "wrapper": extra.get("data-span-of", ""),
    }


def _control(bound: BoundField, extra: dict[str, Any]) -> SafeString:
    """The control itself. A list to choose from is written here, because Django takes a template for each of its options."""
    widget = bound.field.widget
    choices = list(widget.choices) if type(widget) is forms.Select else []
    if not choices or any(isinstance(label, list | tuple) for _code, label in choices):
        return bound.as_widget(attrs=extra)
    attrs = widget.build_attrs(widget.attrs, bound.build_widget_attrs(extra, widget))
    if bound.auto_id and "id" not in widget.attrs:
        attrs.setdefault("id", bound.auto_id)
    options = kept.options(((("" if code is None else code), label) for code, label in choices), bound.value())
    return format_html('<select name="{}"{}>{}</select>', bound.html_name, flatatt(attrs), options)


def _options(bound: BoundField, descriptions: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "tag": _input(option.data),
            "id": option.id_for_label,
            "label": option.choice_label,
            "description": descriptions.get(str(option.data["value"]), ""),
        }
        for option in bound.subwidgets
    ]


def _input(data: Mapping[str, Any]) -> SafeString:
    """One radio button or check box. Written here, because a template per option makes a long form six times slower."""
    value = "" if data["value"] is None else format_html(' value="{}"', str(data["value"]))
    return format_html('<input type="{}" name="{}"{}{}>', data["type"], data["name"], value, flatatt(data["attrs"]))


def error_summary(problem: Any, links: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The errors of a form, of several forms, or of a refusal, each with the place it leads to."""
    if isinstance(problem, Refusal):
        return {"sentence": refusals.sentence(problem), "errors": _refused(problem, links or {})}
    sources: Iterable[Any] = problem if isinstance(problem, (list, tuple)) else [problem]
    errors = [error for form in sources if form is not None for error in _form_errors(form)]
    return {"sentence": "", "errors": errors}


def _refused(refusal: Refusal, links: Mapping[str, str]) -> list[dict[str, str]]:
    errors = []
    for item in refusals.items(refusal):
        where = item["where"]
        url = links.get(where) or (where if where.startswith(("/", "#")) else f"#{where}" if where else "")
        errors.append({"label": item["label"], "url": url})
    return errors


def _form_errors(form: Any) -> list[dict[str, str]]:
    if hasattr(form, "forms"):  # a formset
        own = [{"label": str(error), "url": ""} for error in form.non_form_errors()]
        return own + [error for one in form.forms for error in _form_errors(one)]
    errors = [{"label": str(error), "url": ""} for error in form.non_field_errors()] if form.is_bound else []
    for bound in form:
        kind = next((name for widget, name in KINDS if isinstance(bound.field.widget, widget)), "input")
        target = f"{bound.auto_id}_0" if kind in {"radios", "checkboxes"} else bound.auto_id
        errors += [{"label": f"{bound.label}: {error}", "url": f"#{target}"} for error in bound.errors]
    return errors


def action(
    context: Context,
    verdict: Verdict | bool | None,
    label: Any,
    url: str = "",
    icon: str = "",
    method: str = "post",
    tone: str = "secondary",
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """One thing one may do: a form with a button (or a link), or the button greyed with the reason beside it."""
    allowed = True if verdict is None else bool(verdict)
    return {
        "csrf_token": context.get("csrf_token"),
        "allowed": allowed,
        "reason": refusals.reason(verdict) if isinstance(verdict, Verdict) else "",
        "label": label,
        "url": url,
        "icon": icon,
        "method": method,
        "tone": tone if tone in TONES else "secondary",
        "name": name,
        "value": value,
    }


def filters(context: Context, form: forms.Form, action: str = "", total: int | None = None) -> dict[str, Any]:
    """A bar of filters that asks by GET, with a way to clear them."""
    request = context.get("request")
    path = action or (request.path if request else "")
    data = form.data if form.is_bound else {}
    used = any(data.get(form.add_prefix(name)) not in (None, "") for name in form.fields)
    return {"form": form, "path": path, "total": total, "used": used}
