"""What every test has: a moment that stands still on request, and a tail of the journal."""

import pytest

from saduak.kernel import clock


@pytest.fixture
def moment():
    """Stand at a moment within the test: `with moment(clock.bangkok(2022, 1, 10)): …`."""
    return clock.at


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    """No test writes into the folder of a running instance."""
    settings.DATA = tmp_path
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}},
    }
