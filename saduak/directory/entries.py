"""The register's lines and choices as HTML. Written here and not in the template, because fifty lines and 250 choices
through the template engine take longer than everything else on the page. Everything is escaped."""

from collections.abc import Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from saduak.certificates import provinces
from saduak.kernel.workflow import State
from saduak.people.models import Kind
from saduak.thai.dates import format_date
from saduak.web.components.kept import options
from saduak.web.components.marks import status

_ENTRY = (
    '<li class="entry"><div class="entry-name"><a href="{}/">{}</a><span>{}</span></div>'
    '<div class="entry-level"><span>{}</span> {}</div><div class="entry-stands">{}<span>{} {}</span></div></li>'
)


def entries(lines: Iterable[dict[str, object]], language: str) -> SafeString:
    """The items of the list, in the reader's language."""
    level, until = gettext("Level"), gettext("last day")
    marks: dict[str, SafeString | str] = {}

    def mark(state: State) -> SafeString | str:
        if state.code not in marks:
            marks[state.code] = status(state)
        return marks[state.code]

    def told(line: dict[str, object], what: str) -> object:
        return line[f"{what}_{language}"] or line[f"{what}_th"]

    def place(line: dict[str, object]) -> str:
        province = provinces.name(str(line["province_code"]), language)
        return f"{told(line, 'office_name')} · {province}" if province else str(told(line, "office_name"))

    return format_html_join(
        "",
        _ENTRY,
        (
            (
                line["centre__code"], told(line, "centre_name"), place(line), level, told(line, "level_name"),
                mark(line["stands"]), until, format_date(line["valid_to"], "short", language=language),
            )
            for line in lines
        ),
    )  # fmt: skip


def province_options(chosen: str, language: str) -> SafeString:
    return options(((code, names[language]) for code, names in provinces.names().items()), chosen)


def office_options(offices: Iterable[tuple[str, str, str, str]], chosen: str, language: str) -> SafeString:
    """Ministries, each followed by what belongs to it."""
    named = ((code, (english or thai) if language == "en" else thai, kind) for code, thai, english, kind in offices)
    return options(((code, name if kind == Kind.MINISTRY else f"– {name}") for code, name, kind in named), chosen)
