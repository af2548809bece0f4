"""How an instance starts: a missing or dangerous value stops it with one sentence; the command line, the clock of a demonstration."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from saduak.config import console, demo_clock
from saduak.config import environment as env
from saduak.kernel import clock

ROOT = Path(__file__).resolve().parents[1]
SECRET = "one-of-50-characters-0123456789-abcdefghijklmnopqr-xyz"
SOUND = {"SADUAK_SECRET_KEY": SECRET, "SADUAK_BASE_URL": "https://gecc.example.go.th"}
SHOW = """
import json
from django.conf import settings
names = ("DEBUG", "DEMO", "ALLOWED_HOSTS", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS",
         "SESSION_COOKIE_AGE", "X_FRAME_OPTIONS", "ACCOUNT_RATE_LIMITS", "PASSWORD_HASHERS", "DEFAULT_FROM_EMAIL")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def start(folder: Path, *command: str, **given: str) -> subprocess.CompletedProcess[str]:
    """A new process that knows nothing but what is given."""
    environment = {
        "PATH": os.environ["PATH"],
        "SADUAK_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "saduak.config.settings",
        "PYTHONWARNINGS": "ignore",
    }
    arguments = command or ("-c", SHOW)
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment | given, capture_output=True, text=True, check=False
    )


def test_a_production_instance_starts_closed(tmp_path):
    done = start(tmp_path, **SOUND)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert not found["DEBUG"]
    assert not found["DEMO"]
    assert found["ALLOWED_HOSTS"] == ["gecc.example.go.th"]
    assert found["SECURE_HSTS_SECONDS"] >= 31536000
    assert [found[name] for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")] == [
        True
    ] * 3
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://gecc.example.go.th"]
    assert found["X_FRAME_OPTIONS"] == "DENY"
    assert "login_failed" in found["ACCOUNT_RATE_LIMITS"]
    assert found["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    assert not (tmp_path / "secret-key").exists()


def test_the_deployment_check_has_nothing_to_say(tmp_path):
    done = start(tmp_path, "-m", "saduak.config.console", "check", "--deploy", "--fail-level", "WARNING", **SOUND)
    assert done.returncode == 0, done.stderr


def test_a_command_without_settings_says_what_to_set(tmp_path):
    done = start(tmp_path, "-m", "saduak.config.console", "worker")
    assert done.returncode == 1
    assert "SADUAK_SECRET_KEY" in done.stderr
    assert "SADUAK_DEMO=1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"SADUAK_SECRET_KEY": ""}, "too short"),
        ({"SADUAK_SECRET_KEY": "short"}, "too short"),
        ({"SADUAK_SECRET_KEY_FILE": "/nothing/here"}, "cannot be read"),
        ({"SADUAK_BASE_URL": "http://gecc.example.go.th"}, "https://"),
        ({"SADUAK_BASE_URL": "gecc.example.go.th"}, "SADUAK_BASE_URL"),
        ({"SADUAK_DEBUG": "1"}, "SADUAK_DEBUG"),
        ({"SADUAK_DEBUG": "maybe"}, "write 1 or 0"),
        ({"SADUAK_DEMO": "perhaps"}, "write 1 or 0"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"PORT": "eighty"}, "whole number"),
        ({"SADUAK_S3_BUCKET": "evidence"}, "SADUAK_S3_ACCESS_KEY"),
    ],
)
def test_a_dangerous_value_stops_the_start_with_one_sentence(tmp_path, given, word):
    done = start(tmp_path, **SOUND | given)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert word in last


def test_without_a_secret_it_says_what_to_set(tmp_path):
    done = start(tmp_path, SADUAK_BASE_URL=SOUND["SADUAK_BASE_URL"])
    assert done.returncode != 0
    assert "SADUAK_SECRET_KEY_FILE" in done.stderr


def test_a_demonstration_makes_its_own_secret_that_only_it_reads(tmp_path):
    first, again = start(tmp_path, SADUAK_DEMO="1"), start(tmp_path, SADUAK_DEMO="1")
    assert first.returncode == again.returncode == 0
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert len((tmp_path / "secret-key").read_text()) >= 50


def test_values_come_from_the_variable_or_its_file(monkeypatch, tmp_path):
    monkeypatch.setenv("X_ONE", "a")
    assert env.text("X_ONE") == "a"
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("X_ONE_FILE", str(tmp_path / "secret"))
    assert env.text("X_ONE") == "from a file"
    assert env.text("X_TWO", "default") == "default"
    with pytest.raises(ImproperlyConfigured, match=r"Set X_TWO .* because"):
        env.text("X_TWO", help="because")
    monkeypatch.setenv("X_FLAG", "Yes")
    assert env.flag("X_FLAG", False) is True
    monkeypatch.setenv("X_FLAG", "")
    assert env.flag("X_FLAG", True) is False
    monkeypatch.setenv("X_LIST", " a, ,b ")
    assert env.words("X_LIST") == ["a", "b"]
    monkeypatch.setenv("X_NUMBER", "-1")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.number("X_NUMBER", 1)


@pytest.fixture
def usual_clock():
    yield
    clock.use(None)


def test_the_clock_of_a_demonstration_moves_for_all_and_goes_back(tmp_path, usual_clock):
    file = tmp_path / "clock.json"
    demo_clock.follow(file)
    wall = datetime.now(UTC)
    assert abs(clock.now() - wall) < timedelta(seconds=5)
    demo_clock.set_to(file, clock.bangkok(2022, 2, 1, 9))
    assert timedelta(0) <= clock.now() - clock.bangkok(2022, 2, 1, 9) < timedelta(seconds=5)
    file.unlink()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_words_of_the_command_line_are_the_management_commands():
    for name in console.NAMES.values():
        assert list((ROOT / "saduak").glob(f"*/management/commands/{name}.py")), name


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["saduak", *arguments])
    with pytest.raises(SystemExit) as stopped:
        console.main()
    return int(stopped.value.code or 0)


def test_read_letters_through_the_command_line(tmp_path, monkeypatch, capfdbinary):
    sample = ROOT / "saduak" / "saraban" / "samples" / "gecc-2565-bundle.txt"
    assert run("read-letters", str(sample), monkeypatch=monkeypatch) == 0
    assert json.loads(capfdbinary.readouterr().out)
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(64)))
    assert run("read-letters", str(bad), monkeypatch=monkeypatch) == 2
    assert run("read-letters", str(tmp_path / "nothing"), monkeypatch=monkeypatch) == 2
    assert "Traceback" not in capfdbinary.readouterr().err.decode()
