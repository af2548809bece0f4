"""What changed between two packs is told by area, with its place, before and after."""

import copy
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from saduak.packs import commands, loader
from saduak.packs.differences import differences
from saduak.people.actor import system

CHARTER = "valdora/standards/citizens-charter"


@pytest.fixture(scope="module")
def charter_content():
    return loader.load(Path(__file__).resolve().parents[3] / "packs", CHARTER).content


def _criterion(content, name):
    return next(one for one in content["criteria"] if one["id"] == name)


# area: (what changes it, place told, before, after)
CHANGED = {
    "points": (lambda c: _criterion(c, "p-1").update(points=5), "criteria › p-1 › points", "4", "5"),
    "levels": (lambda c: c["levels"][0].update({"from": 51}), "levels › bronze › from", None, "51"),
    "texts": (lambda c: _criterion(c, "p-1")["title"].update(en="New"), "criteria › p-1 › title › en", None, "New"),
    "ids": (lambda c: c["criteria"].remove(_criterion(c, "p-2")), "criteria › p-2", "p-2", None),
    "evidence": (lambda c: _criterion(c, "p-1")["evidence"].clear(), "criteria › p-1 › evidence › e1", "e1", None),
    "origins": (
        lambda c: _criterion(c, "p-1").update(provenance={"kind": "letter", "source": "X"}),
        "criteria › p-1 › provenance › kind",
        "drafted",
        "letter",
    ),
}


@pytest.mark.parametrize("area", CHANGED)
def test_each_kind_of_change_is_told_where_it_is(charter_content, area):
    change, where, before, after = CHANGED[area]
    new = copy.deepcopy(charter_content)
    change(new)
    found = [one for one in differences(charter_content, new) if one.where == where]
    assert [one.area for one in found] == [area]
    assert found[0].after == after
    assert before is None or found[0].before == before


def test_another_order_is_no_change_and_ids_come_first(charter_content):
    new = copy.deepcopy(charter_content)
    new["criteria"].reverse()
    assert differences(charter_content, new) == []
    _criterion(new, "p-1")["title"]["th"] = "ใหม่"
    new["criteria"].remove(_criterion(new, "p-3"))
    assert [one.area for one in differences(charter_content, new)] == ["ids", "texts"]
    assert differences(charter_content, new)[1].named.th.startswith("1 ใหม่")


def _told(*given, root):
    out = StringIO()
    call_command("diff_pack", *given, root=root, stdout=out)
    return out.getvalue()


def test_the_folder_is_compared_with_what_is_published(db, folder: Path, capsys):
    commands.publish(folder, CHARTER, by=system("set-up"))
    assert "Nothing changed" in _told(f"{CHARTER}@1", CHARTER, root=folder)
    path = folder / CHARTER / "criteria/p-1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("en: Promises", "en: Vows", 1), encoding="utf-8")
    told = _told(f"{CHARTER}@1", CHARTER, root=folder)
    assert "ข้อความ / Texts (1)" in told
    assert "+ Vows" in told
    for wrong in (f"{CHARTER}@9", f"{CHARTER}@x", "nowhere/at-all"):
        with pytest.raises(SystemExit) as stopped:
            _told(wrong, CHARTER, root=folder)
        assert stopped.value.code == 2
        assert any("ก" <= sign <= "๙" for sign in capsys.readouterr().err)
    with pytest.raises(SystemExit):
        _told("gecc/letters/province", CHARTER, root=folder)
