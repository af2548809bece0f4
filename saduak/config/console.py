"""The `saduak` command: Django's management commands under one name, and the letter reader without Django."""

import os
import sys

# Words of the command line that users say, and the management command behind each.
NAMES = {
    "publish-pack": "publish_pack",
    "diff-pack": "diff_pack",
    "export-standard": "export_standard",
    "verify-journal": "verify_journal",
    "make-docs": "make_docs",
    "compile-texts": "compile_texts",
    "replay-2565": "replay_2565",
}


def main() -> None:
    """Run `saduak COMMAND …`. `read-letters` starts in a moment because it needs no database and no framework."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["read-letters"]:
        from saduak.saraban import read_letters  # noqa: PLC0415  only where it is asked for

        sys.exit(read_letters.main(arguments[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  as below
    from django.core.management import execute_from_command_line  # noqa: PLC0415  the reader must start without Django

    if arguments:
        arguments[0] = NAMES.get(arguments[0], arguments[0])
    try:
        execute_from_command_line(["saduak", *arguments])
    except ImproperlyConfigured as error:  # one sentence that says what to set, not where in the code it is read
        sys.exit(f"saduak: {error}\nTo try the demonstration instead, set SADUAK_DEMO=1.")


if __name__ == "__main__":
    main()
