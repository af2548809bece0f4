"""The docs are true: links lead somewhere, rules and settings they name exist, generated pages fit the code."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob("saduak/*/README.md"),
    *ROOT.glob("packs/README.md"),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing, f"{page.name} links to {missing}"


def test_the_tour_names_rules_that_exist():
    rules = set(re.findall(r"`(?:[a-z.]+\.)?(may_[a-z_]+)`", (ROOT / "docs/tour.md").read_text(encoding="utf-8")))
    known = set()
    for path in ROOT.glob("saduak/*/policy.py"):
        known |= set(re.findall(r"^(?:def )?(may_[a-z_]+)", path.read_text(encoding="utf-8"), re.M))
    assert rules, "the tour names no rule any more"
    assert rules <= known, f"{sorted(rules - known)} are no rules any more"


def test_every_setting_is_told_to_operators():
    settings = (ROOT / "saduak/config/settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r"env\.\w+\(\s*\"([A-Z0-9_]+)\"", settings)) - {
        "SADUAK_DEMO",
        "SADUAK_DEBUG",
        "SADUAK_NODE_MODULES",
        "SADUAK_SSL_REDIRECT",
    }
    told = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    missing = [name for name in sorted(named) if name not in told and f"`_{name.rsplit('_', 1)[1]}`" not in told]
    assert not missing, f"docs/operating.md does not tell of {missing}"


def test_generated_pages_fit_the_code():
    call_command("make_docs", check=True)
