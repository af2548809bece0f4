"""The programme is data: no Python, template or script of the house names a criterion of a standard."""

import re
from pathlib import Path

from saduak.packs.standard import Standard

PACKAGE = Path(__file__).resolve().parents[2]


def test_no_code_names_a_criterion_of_gecc(gecc: Standard):
    items = [one.id for one in gecc.criteria] + [sub.id for one in gecc.criteria for sub in one.sub_items]
    ids = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, items))})(?![\w-])")
    # Short titles ("Service hours") are words that anybody may say; long ones are the standard's own.
    titles = {text for one in gecc.criteria for text in (one.title.th, one.title.en) if len(text) >= 30}
    assert len(titles) > 20
    files = [
        path
        for ending in ("*.py", "*.html", "*.js", "*.css", "*.txt", "*.typ")
        for path in PACKAGE.rglob(ending)
        if "tests" not in path.parts
    ]
    assert len(files) > 200
    named = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        found = ids.findall(text) + [title for title in titles if title in text]
        named += [f"{path.relative_to(PACKAGE)}: {one}" for one in found]
    assert not named, "\n".join(named)
