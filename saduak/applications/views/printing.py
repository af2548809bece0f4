"""On paper: which application it is, on every page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.applications import queries
from saduak.applications.views.finding import found

_SHEET = """@page {{
  size: A4;
  margin: 20mm 16mm 18mm;
  @top-left {{ content: "{left}"; font: 9pt Sarabun, sans-serif; }}
  @top-right {{ content: "{right}"; font: 9pt Sarabun, sans-serif; }}
  @bottom-right {{ content: "{page} " counter(page) " / " counter(pages); font: 9pt Sarabun, sans-serif; }}
}}
"""


@require_safe
def print_css(request: HttpRequest, number: str) -> HttpResponse:
    """The margins of the printed pages: number of the application, round, standard with its version, and pages."""
    application = found(request, number)
    standard = queries.standard(application)
    version = _("version %(version)s") % {"version": standard.version}
    text = _SHEET.format(
        left=_quoted(f"{application.number} · {application.round.code}"),
        right=_quoted(f"{standard.pack_id} · {version}"),
        page=_quoted(_("Page")),
    )
    return HttpResponse(text, content_type="text/css; charset=utf-8")


def _quoted(text: str) -> str:
    """As it may stand between the quotes of a style sheet."""
    return "".join(f"\\{ord(c):x} " if c in '"\\<\n\r\f' else c for c in text)
