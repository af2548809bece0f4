"""The command `saduak read-letters FILE`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from saduak.saraban.read_letters import main, read_file
from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import LIMITS, open_source

BUNDLE = Path(__file__).parent.parent / "samples" / "gecc-2565-bundle.txt"


def test_main_prints_json(capfdbinary):
    assert main([str(BUNDLE)]) == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert len(found["letters"]) == 3
    assert found["findings"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis_620", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "letter.txt"
    path.write_bytes(BUNDLE.read_text(encoding="utf-8").encode(encoding))
    assert read_file(path)["letters"][1]["number"] == "มท 0819.3/ว 1555"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n", "PDF is damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture is damaged"),
        (b"\xd0\xcf\x11\xe0old", "old Word"),
        (b"{\\rtf1 x}", "RTF"),
        (bytes(range(128, 256)) * 20, "not text"),
        ("ก\x00ข".encode(), "not text"),
        (b"a" * (LIMITS.file_bytes + 1), "larger"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, capsys, content, word):
    path = tmp_path / "odd.bin"
    path.write_bytes(content)
    assert main([str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    thai, english = err.strip().split("\n")
    assert word in english
    assert "โปรด" in thai or "ไฟล์" in thai


def test_a_missing_file_is_refused(tmp_path, capsys):
    assert main([str(tmp_path / "none.txt")]) == 2
    assert main([str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_refusal_names_both_languages():
    with pytest.raises(Unreadable) as refusal:
        open_source(b"")
    assert refusal.value.thai
    assert refusal.value.english


def test_as_a_module_it_starts_without_django():
    program = "import sys; from saduak.saraban.read_letters import main; main(sys.argv[1:]); assert 'django' not in sys.modules"
    run = subprocess.run([sys.executable, "-c", program, str(BUNDLE)], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    run = subprocess.run([sys.executable, "-m", "saduak.saraban", str(BUNDLE)], capture_output=True, check=False)
    assert json.loads(run.stdout)["letters"][2]["kind"] == "memo"
