"""Fill the plain database: `python -m saduak.config.bench.plain.prepare` prints the cookie of a signed-in session."""

import os
from datetime import UTC, datetime, timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "saduak.config.bench.plain.settings"

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from saduak.config.bench.plain.models import Row  # noqa: E402

ROWS = 10_000


def main() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    user = User.objects.create_user("plain", password=None)
    began = datetime(2022, 1, 1, tzinfo=UTC)
    Row.objects.bulk_create(
        [
            Row(
                title=f"ศูนย์บริการประชาชนลำดับที่ {n}",
                place=f"จังหวัด {n % 77}",
                state="SUBMITTED",
                moment=began + timedelta(minutes=n),
            )
            for n in range(ROWS)
        ],
        batch_size=1000,
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(session.session_key)


if __name__ == "__main__":
    main()
