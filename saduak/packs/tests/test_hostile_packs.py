"""Packs that are wrong or hostile: refused with file, line and reason in both languages, never half read."""

import re
import time
from pathlib import Path

import pytest

from saduak.packs import loader, yaml_source
from saduak.packs.mistakes import PackMistakes

CHARTER = "valdora/standards/citizens-charter"
MAIN = f"{CHARTER}/standard.yaml"
ITEM = f"{CHARTER}/criteria/p-1.yaml"
ROUND = "gecc/rounds/2565"
LETTER = "gecc/letters/province"

# name: (pack, file, text to replace, replacement, file and line of the mistake or file alone, part of the reason)
SPOILT = {
    "unknown key": (CHARTER, ITEM, "points: 4", "points: 4\npionts: 4", f"{ITEM}:", "did you mean “points”"),
    "missing key": (CHARTER, ITEM, "points: 4\n", "", ITEM, "lacks the key “points”"),
    "wrong type": (CHARTER, ITEM, "points: 4", "points: four", ITEM, "must be a number"),
    "number as text": (CHARTER, ITEM, 'number: "1"', "number: 1", f"{ITEM}:2", "must be a text"),
    "one language": (CHARTER, ITEM, "title: {th: คำมั่นที่ประชาชนตรวจสอบได้, en:", "title: {en:", ITEM, "lacks the key “th”"),
    "blank text": (CHARTER, ITEM, "th: คำมั่นที่ประชาชนตรวจสอบได้", 'th: "  "', ITEM, "must be one line and not blank"),
    "key twice": (CHARTER, ITEM, "points: 4", "points: 4\npoints: 5", ITEM, "already given on line"),
    "alias": (CHARTER, ITEM, "points: 4", "points: &a 4", ITEM, "anchors (&)"),
    "alias used": (CHARTER, ITEM, "points: 4", "points: *a", ITEM, "aliases (*)"),
    "python tag": (CHARTER, ITEM, "points: 4", "points: !!python/object/apply:os.system [id]", ITEM, "tags (!)"),
    "any tag": (CHARTER, ITEM, "points: 4", "points: !!float 4", ITEM, "tags (!)"),
    "merge key": (CHARTER, ITEM, "points: 4", "points: 4\n<<: {points: 5}", ITEM, "unknown key “<<”"),
    "two documents": (CHARTER, ITEM, "points: 4", "points: 4\n---\nid: x", ITEM, "one document only"),
    "broken yaml": (CHARTER, ITEM, "points: 4", "points: [4", ITEM, "not readable YAML"),
    "key that is a list": (CHARTER, ITEM, "points: 4", "? [a]\n: 4", ITEM, "a key must be a plain word"),
    "right-to-left trick": (CHARTER, ITEM, "en: Promises", "en: Prom\u202eises", ITEM, "invisible character (U+202E)"),
    "zero width": (CHARTER, ITEM, "en: Promises", "en: Prom\u200bises", ITEM, "invisible character (U+200B)"),
    "unknown part": (CHARTER, ITEM, "part: promises", "part: threats", f"{ITEM}:3", "there is no part “threats”"),
    "unknown side": (CHARTER, ITEM, "part: promises", "part: promises\nside: moon", f"{ITEM}:4", "there is no side “moon”"),
    "unknown rubric": (CHARTER, ITEM, "rubric: four-points", "rubric: none", ITEM, "there is no rubric"),
    "unknown source": (CHARTER, ITEM, "provenance: {kind: drafted}", "provenance: {kind: letter, source: NOWHERE}", ITEM, "is not listed in sources"),
    "public without source": (CHARTER, ITEM, "provenance: {kind: drafted}", "provenance: {kind: public-summary}", ITEM, "lacks the key “source”"),
    "id of another file": (CHARTER, ITEM, "id: p-1", "id: p-9", f"{ITEM}:1", "not named after its id"),
    "number twice": (CHARTER, ITEM, 'number: "1"', 'number: "2"', f"{CHARTER}/criteria/p-2.yaml:2", "number 2 is already used"),
    "sum of a part": (CHARTER, ITEM, "points: 4", "points: 8", MAIN, "comes to 24 points, but says 20"),
    "step that does not fit": (CHARTER, ITEM, "step: 1", "step: 3", ITEM, "do not divide into steps"),
    "gap between levels": (CHARTER, MAIN, "below: 70", "below: 69", MAIN, "bands must rise without a gap"),
    "top level with an end": (CHARTER, MAIN, "from: 85", "from: 85\n    below: 100", MAIN, "highest level has no below"),
    "unknown rule for fractions": (CHARTER, MAIN, "fractions: round_half_up_to_integer", "fractions: banker", MAIN, "must be one of"),
    "total": (CHARTER, MAIN, "total: 100", "total: 99", f"{MAIN}:", "the parts come to 100 points"),
    "retired id": (CHARTER, MAIN, "total: 100", "total: 100\nretired_ids: [p-1]", f"{ITEM}:1", "is retired"),
    "sub-item with the id of a criterion": (CHARTER, f"{CHARTER}/criteria/r-1.yaml", "id: r-1-1", "id: p-1", f"{CHARTER}/criteria/r-1.yaml", "already used at"),
    "wrong id": (CHARTER, MAIN, f"id: {CHARTER}", "id: valdora/standards/other", f"{MAIN}:3", "as the file lies there"),
    "wrong kind": (CHARTER, MAIN, "kind: standard", "kind: program", f"{MAIN}:2", "must be one of standard"),
    "level that is code": (CHARTER, MAIN, "id: bronze", 'id: "bronze; DROP TABLE"', MAIN, "must be an id"),
    "closes before it opens": (ROUND, f"{ROUND}.yaml", "closes: 2022-03-01T00:00\n", "closes: 2021-03-01T00:00\n", f"{ROUND}.yaml", "closes before it opens"),
    "day that does not exist": (ROUND, f"{ROUND}.yaml", "on: 2022-01-31", "on: 2022-02-31", f"{ROUND}.yaml", "there is no such day"),
    "moment that does not exist": (ROUND, f"{ROUND}.yaml", "closes: 2022-03-01T00:00\n", "closes: 2022-02-30T25:00\n", f"{ROUND}.yaml", "no such moment"),
    "window that is not there": (ROUND, f"{ROUND}.yaml", "window: application", "window: tea", f"{ROUND}.yaml", "there is no window “tea”"),
    "no application window": (ROUND, f"{ROUND}.yaml", "- id: application", "- id: applying", f"{ROUND}.yaml", "application"),
    "time zone": (ROUND, f"{ROUND}.yaml", "timezone: Asia/Bangkok", "timezone: Asia/Atlantis", f"{ROUND}.yaml", "unknown time zone"),
    "standard that is not there": (ROUND, f"{ROUND}.yaml", "pack: gecc/standards/2568", "pack: gecc/standards/2599", f"{ROUND}.yaml", "there is no pack"),
    "standard of another version": (ROUND, f"{ROUND}.yaml", "gecc/standards/2568, version: 1", "gecc/standards/2568, version: 2", f"{ROUND}.yaml", "wants version 2"),
    "letter for a standard": (ROUND, f"{ROUND}.yaml", "pack: gecc/standards/2568", "pack: gecc/letters/province", f"{ROUND}.yaml", "is no pack of kind standard"),
    "form that is not there": (ROUND, f"{ROUND}.yaml", "pack: gecc/forms/profile", "pack: gecc/forms/shape", f"{ROUND}.yaml", "there is no pack"),
    "form of another version": (ROUND, f"{ROUND}.yaml", "gecc/forms/profile, version: 1", "gecc/forms/profile, version: 9", f"{ROUND}.yaml", "wants version 9"),
    "survey for a form": (ROUND, f"{ROUND}.yaml", "pack: gecc/forms/profile", "pack: gecc/surveys/incentives", f"{ROUND}.yaml", "is no pack of kind form"),
    "form for a survey": (ROUND, f"{ROUND}.yaml", "surveys:", "surveys:\n  - {pack: gecc/forms/profile, version: 2}", f"{ROUND}.yaml", "is no pack of kind survey"),
    "form of no use": (ROUND, f"{ROUND}.yaml", "  profile: {pack: gecc", "  portrait: {pack: gecc", f"{ROUND}.yaml", "unknown key “portrait”"),
    "survey twice": (ROUND, f"{ROUND}.yaml", "surveys:", "surveys:\n  - {pack: gecc/surveys/incentives, version: 1}", f"{ROUND}.yaml", "is named twice"),
    "survey that is not the round's": (ROUND, f"{ROUND}.yaml", "survey: gecc/surveys/incentives", "survey: gecc/surveys/satisfaction", f"{ROUND}.yaml", "not among the surveys"),
    "survey of another action": (ROUND, f"{ROUND}.yaml", "kind: ANSWER_SURVEY", "kind: REPLY", f"{ROUND}.yaml", "belongs to ANSWER_SURVEY only"),
    "path out of the folder": (ROUND, f"{ROUND}.yaml", "pack: gecc/standards/2568", "pack: ../../etc/passwd", f"{ROUND}.yaml", "must be the id of a pack"),
    "due and window": (ROUND, f"{ROUND}.yaml", "window: application", "window: application\n    due: 2022-01-01T00:00", f"{ROUND}.yaml", "exclude each other"),
    "unknown placeholder": (LETTER, f"{LETTER}.yaml", "{round_year}", "{round_yaer}", f"{LETTER}.yaml", "no placeholder “round_yaer”"),
    "attribute in a placeholder": (LETTER, f"{LETTER}.yaml", "{round_year}", "{round_year.__class__}", f"{LETTER}.yaml", "no placeholder"),
    "stray brace": (LETTER, f"{LETTER}.yaml", "{round_year}", "{round_year}}", f"{LETTER}.yaml", "no placeholder “}”"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_pack_is_refused_with_file_line_and_reason(name: str, folder: Path):
    pack_id, file, old, new, place, reason = SPOILT[name]
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, "the corpus no longer fits the pack"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    mistakes = _mistakes(folder, pack_id)
    found = [one for one in mistakes if f"{one.file}:{one.line}:".startswith(place) and reason in one.en]
    assert found, "\n".join(map(str, mistakes))
    assert all(re.search("[ก-๙]", one.th) and one.line >= 1 for one in mistakes)


def test_the_line_is_that_of_the_mistake(folder: Path):
    lines = (folder / ITEM).read_text(encoding="utf-8").splitlines()
    place = lines.index("points: 4")
    lines[place] = "points: minus one"
    (folder / ITEM).write_text("\n".join(lines), encoding="utf-8")
    (mistake,) = _mistakes(folder, CHARTER)
    assert (mistake.file, mistake.line) == (ITEM, place + 1)


def test_every_mistake_is_told_at_once(folder: Path):
    for number in (1, 3, 5):
        path = folder / f"{CHARTER}/criteria/p-{number}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("points: 4", "points: x"), encoding="utf-8")
    assert len(_mistakes(folder, CHARTER)) == 3


def test_an_alias_bomb_is_left_at_its_first_anchor(folder: Path):
    layers = "\n".join(f"  - &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30))
    (folder / ITEM).write_text(f"id: p-1\nlol:\n  - &l0 [lol]\n{layers}\n", encoding="utf-8")
    began = time.perf_counter()
    (mistake,) = _mistakes(folder, CHARTER)
    assert mistake.line == 3
    assert time.perf_counter() - began < 30  # a bomb would take hours; slow machines and coverage are no fault


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a: " + b"[" * 100_000, "nested too deeply"),
        (b"- x\n" * 60_000, "too many entries"),
        (b"a: " + b"x" * 300_000, "larger than 256 KiB"),
        (b"# " + b"x" * 30_000_000, "larger than 256 KiB"),
        (b"a: \xff\xfe", "not UTF-8"),
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"a: \x00", "invisible character"),
        (b"just a text", "“id” must be"),
        (b"- id: p-1", "“id” must be"),
    ],
    ids=["deep", "many", "long line", "30 MB", "not UTF-8", "empty", "comment", "zero byte", "scalar", "list"],
)
def test_a_file_that_is_no_pack_is_refused_quickly(content: bytes, reason: str, folder: Path):
    (folder / f"{LETTER}.yaml").write_bytes(content)
    began = time.perf_counter()
    (mistake,) = _mistakes(folder, LETTER)
    assert mistake.file == f"{LETTER}.yaml"
    assert reason in mistake.en
    assert time.perf_counter() - began < 30  # a bomb would take hours; slow machines and coverage are no fault


def test_code_in_a_text_stays_text(folder: Path):
    payload = "__import__('os').system('id') {{ 7*7 }} ${7*7} <script>alert(1)</script> %s"
    path = folder / ITEM
    text = path.read_text(encoding="utf-8").replace("en: Promises people can check", f'en: "{payload}"')
    path.write_text(text, encoding="utf-8")
    criteria = loader.load(folder, CHARTER).content["criteria"]
    assert next(one for one in criteria if one["id"] == "p-1")["title"]["en"] == payload


def test_words_that_yaml_is_known_to_twist_stay_what_they_are(tmp_path: Path):
    path = tmp_path / "x.yaml"
    path.write_text(
        "a: no\nb: 2022-01-31\nc: 13:00\nd: 0123\ne: 1e3\nf: 0.10\ng: ~\nh: on\ni: 0x1F\n", encoding="utf-8"
    )
    plain = yaml_source.read(path, shown_as="x.yaml").plain()
    assert [str(value) for value in plain.values()] == [
        "no",
        "2022-01-31",
        "13:00",
        "0123",
        "1e3",
        "0.10",
        "None",
        "on",
        "0x1F",
    ]


def test_extends_goes_one_step_and_never_in_circles(folder: Path):
    own = folder / "gecc/rounds/2565-practice.yaml"
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("extends: gecc/rounds/2565", "extends: gecc/rounds/2565-practice"), encoding="utf-8")
    assert "cannot extend itself" in _mistakes(folder, "gecc/rounds/2565-practice")[0].en
    own.write_text(text, encoding="utf-8")
    second = text.replace("id: gecc/rounds/2565-practice", "id: gecc/rounds/second").replace(
        "extends: gecc/rounds/2565", "extends: gecc/rounds/2565-practice"
    )
    (folder / "gecc/rounds/second.yaml").write_text(second, encoding="utf-8")
    (mistake,) = _mistakes(folder, "gecc/rounds/second")
    assert "extends goes one step only" in mistake.en
    assert mistake.line == second.splitlines().index("extends: gecc/rounds/2565-practice") + 1


def test_references_in_a_circle_are_refused(folder: Path):
    path = folder / "gecc/rounds/2562.yaml"
    back = "renews: [{pack: gecc/rounds/2565, version: 2}]\nwindows:"
    path.write_text(path.read_text(encoding="utf-8").replace("windows:", back, 1), encoding="utf-8")
    (mistake,) = _mistakes(folder, "gecc/rounds/2565")
    assert "gecc/rounds/2565 → gecc/rounds/2562 → gecc/rounds/2565" in mistake.en
    assert mistake.file == "gecc/rounds/2562.yaml"


def test_a_mistake_in_a_base_or_a_reference_is_told_where_it_is(folder: Path):
    path = folder / "gecc/rounds/2565.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("years: 3", "years: many"), encoding="utf-8")
    assert {one.file for one in _mistakes(folder, "gecc/rounds/2565-practice")} == {"gecc/rounds/2565.yaml"}


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2", encoding="utf-8")
    (folder / f"{LETTER}.yaml").unlink()
    (folder / f"{LETTER}.yaml").symlink_to(secret)
    (mistake,) = _mistakes(folder, LETTER)
    assert "leads out of the folder" in mistake.en
    assert "hunter2" not in str(mistake)


@pytest.mark.parametrize(
    "given", ["", "x", "../x/y", "/etc/passwd", "schema/common", "a/b/c/d/e", "GECC/standards/2568", "a/\x1b[2J"]
)
def test_an_id_that_is_none_is_refused(given: str, root: Path):
    (mistake,) = _mistakes(root, given)
    assert "\x1b" not in str(mistake)


def test_a_path_of_a_pack_or_of_one_of_its_files_means_the_pack(root: Path):
    for given in ("gecc/standards/2568", "gecc/standards/2568/standard.yaml", "gecc/standards/2568/criteria/g-01.yaml"):
        assert loader.id_of(root, str(root / given)) == "gecc/standards/2568"
    assert loader.id_of(root, str(root / "gecc/rounds/2565.yaml")) == "gecc/rounds/2565"
    assert loader.id_of(root, "gecc/rounds/2565") == "gecc/rounds/2565"


def _mistakes(folder: Path, pack_id: str) -> tuple:
    with pytest.raises(PackMistakes) as caught:
        loader.load(folder, pack_id)
    return caught.value.mistakes


def test_all_faults_are_told_at_once(folder: Path):
    """In files that cannot be read, in form, in sense and in other packs: whoever wrote them mends them in one go."""

    def spoil(path: str, old: str, new: str) -> None:
        file = folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    spoil(ITEM, "points: 4", "points: &a 4")  # cannot be read
    spoil(f"{CHARTER}/criteria/p-2.yaml", "id: p-2", "id: p-9")  # is not named after its file
    spoil("gecc/standards/2568/criteria/g-01.yaml", "points: 0", "points: none")  # ill-formed
    spoil("gecc/standards/2568/criteria/g-02.yaml", "part: physical", "part: nowhere")  # makes no sense
    spoil("gecc/standards/2568/criteria/g-03.yaml", "id: g-03", "id: g-03\nreplaces: [g-03]")  # leads back
    spoil(f"{LETTER}.yaml", "{round_year}", "{nothing}")
    spoil("gecc/letters/district.yaml", "{round_year}", "{nowhere}")
    with pytest.raises(PackMistakes) as refusal:
        loader.load_all(folder)
    told = str(refusal.value)
    for said in (
        "anchors (&)",
        "not named after its id “p-9”",
        "must be a number",
        "there is no part “nowhere”",
        "leads back to itself: g-03 → g-03",
        "there is no placeholder “nothing”",
        "there is no placeholder “nowhere”",
    ):
        assert said in told
    mistakes = _mistakes(folder, ROUND)  # also when one pack is asked for: those it refers to
    assert {one.file.rpartition("/")[2] for one in mistakes} >= {
        "g-01.yaml",
        "g-02.yaml",
        "province.yaml",
        "district.yaml",
    }
