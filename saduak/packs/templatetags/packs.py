"""Shows texts of packs: `{% load packs %}`."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from saduak.packs import markdown_text, outline, question_fields, translations
from saduak.packs.criteria import Band, Criterion, Provenance, Scoring
from saduak.packs.question_fields import Setting
from saduak.packs.question_types import LABELS, Question
from saduak.packs.scoring import shown
from saduak.packs.standard import Standard
from saduak.packs.text import Text

register = template.Library()

_FIELDS = {
    "title": gettext_lazy("title"),
    "text": gettext_lazy("what is asked"),
    "guidance": gettext_lazy("explanation"),
    "evidence": gettext_lazy("evidence"),
    "points": gettext_lazy("points"),
    "scoring": gettext_lazy("steps of points"),
    "questions": gettext_lazy("questions"),
}
_KEYS = _FIELDS | {
    "title": gettext_lazy("name"),
    "text": gettext_lazy("text"),
    "summary": gettext_lazy("summary"),
    "notice": gettext_lazy("notice"),
    "owner": gettext_lazy("owner"),
    "version": gettext_lazy("version"),
    "number": gettext_lazy("item number"),
    "levels": gettext_lazy("levels"),
    "from": gettext_lazy("begins at"),
    "below": gettext_lazy("ends below"),
    "bands": gettext_lazy("steps of points"),
    "step": gettext_lazy("steps of points"),
    "score": gettext_lazy("points"),
    "minimum": gettext_lazy("at least"),
    "part": gettext_lazy("part"),
    "side": gettext_lazy("side"),
    "note": gettext_lazy("note"),
    "kind": gettext_lazy("kind"),
    "source": gettext_lazy("source"),
    "opens": gettext_lazy("opens"),
    "closes": gettext_lazy("closes"),
    "due": gettext_lazy("due"),
    "subject": gettext_lazy("subject"),
    "paragraphs": gettext_lazy("paragraph"),
    "below_levels": gettext_lazy("below the lowest level"),
    "fractions_note": gettext_lazy("note on fractions"),
    "replaces": gettext_lazy("replaces"),
    "retired_ids": gettext_lazy("ids no longer used"),
}
_ORIGINS = {
    "drafted": gettext_lazy("Drafted by us"),
    "public-summary": gettext_lazy("From a public source"),
    "letter": gettext_lazy("From an official letter"),
}
_EVIDENCE = {
    "photo": gettext_lazy("photo"),
    "pdf": gettext_lazy("PDF"),
    "link": gettext_lazy("link"),
    "document": gettext_lazy("document"),
    "spreadsheet": gettext_lazy("spreadsheet"),
}


@register.filter
def said(text: Text | None) -> str:
    """The text in the language of the page; empty for None."""
    return text.say(get_language()) if text is not None else ""


@register.filter
def marked_up(text: Text | None) -> SafeString:
    """The text in the language of the page, its Markdown as safe HTML."""
    return markdown_text.render(said(text))


@register.filter
def points(amount: Decimal | None) -> str:
    """An amount of points as people write it: 2, 0.5."""
    return shown(amount) if amount is not None else ""


@register.filter
def in_points(amount: Decimal) -> str:
    """An amount with its unit: 1 point, 2.5 points."""
    return ngettext("%(points)s point", "%(points)s points", 1 if amount == 1 else 2) % {"points": shown(amount)}


@register.filter
def evidence_kind(kind: str) -> str:
    """The kind of evidence in words."""
    return str(_EVIDENCE.get(kind, kind))


@register.filter
def choices(scoring: Scoring, rubric: tuple[Band, ...] = ()) -> list[tuple[Decimal, Text | None]]:
    """The scores that can be given and what each stands for."""
    return outline.choices(scoring, rubric)


@register.filter
def field_name(key: str) -> str:
    """A field of a pack in words: the keys that people meet; others as they are written."""
    return str(_KEYS.get(key, key))


@register.filter
def origin_said(origin: Provenance, sources: Mapping[str, Any]) -> str:
    """Where one text comes from, in a sentence. ``sources`` are those of its pack."""
    return _source(origin, sources)


@register.filter
def origin_kind(kind: str) -> str:
    """The kind of an origin in words."""
    return str(_ORIGINS.get(kind, kind))


@register.filter
def doubt(code: str) -> str:
    """What is doubtful about a translation, in words."""
    return translations.DOUBTS[code].say(get_language())


@register.filter
def type_said(question: Question) -> str:
    """The type of a question in words: number, table …"""
    return str(LABELS[question.type])


@register.simple_tag
def question_seen(question: Question, among: Sequence[Question] = ()) -> SafeString:
    """The question as it will be asked, with nothing to change. among: the list in which it stands."""
    name, condition = f"seen-{question.id}", question_fields.condition_of(among, question)
    return question_fields.control(question, Setting(name, id=name, only_look=True, condition=condition))


@register.simple_tag
def origins_of(criterion: Criterion, standard: Standard) -> list[dict[str, Any]]:
    """Where the texts of a criterion come from: rows {fields, drafted, said, note}."""
    return [
        {
            "fields": ", ".join(_names(fields)),
            "drafted": provenance.drafted,
            "said": _source(provenance, standard.sources),
            "note": said(provenance.note),
        }
        for provenance, fields in outline.origins(criterion)
    ]


def _names(fields: Iterable[str]) -> list[str]:
    return [str(_FIELDS.get(name, name)) for name in fields]


def _source(provenance: Provenance, sources: Mapping[str, Any]) -> str:
    if provenance.drafted:
        return _("Drafted by us, not official.")
    source = sources.get(provenance.source)
    title = said(Text.from_json(source["title"])) if source else provenance.source
    sentence = (
        _("From an official letter: %(source)s.") if provenance.kind == "letter" else _("Shortened from: %(source)s.")
    )
    return sentence % {"source": title}
