"""What `compile-texts` makes is said at once, also by the process that made it (`saduak start` on a fresh clone)."""

from django.core.management import call_command
from django.utils.translation import gettext, override

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "A text of this test"\nmsgstr "ข้อความทดสอบ"\n'


def test_a_catalogue_compiled_after_the_first_text_was_said_is_read(settings, tmp_path, capsys):
    folder = tmp_path / "saduak" / "anything" / "locale"
    (folder / "th" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "th" / "LC_MESSAGES" / "django.po").write_text(CATALOGUE, encoding="utf-8")
    settings.ROOT, settings.LOCALE_PATHS = tmp_path, [str(folder)]
    with override("th"):
        assert gettext("A text of this test") == "A text of this test"
        call_command("compile_texts")
        assert gettext("A text of this test") == "ข้อความทดสอบ"
