"""Word and Excel files of the Open XML kind: zips that must hold nothing that runs, hides or explodes."""

import re
import zipfile

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from saduak.files.gate.refuse import refuse

MACROS = _(
    "“%(name)s” contains macros or embedded programs, which are not taken. Please save it as .docx or .xlsx without macros, or as PDF."
)
REMOTE = _(
    "“%(name)s” loads content from another computer. Please save it as PDF, or remove the linked template or object."
)
BOMB = _("“%(name)s” unpacks to far more than it should. Please save it anew, or as PDF.")
DAMAGED = _("“%(name)s” is damaged or has a password. Please save it again without a password.")

MOST_PARTS = 3_000
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 150  # XML of tables compresses 20 to 60 times
LARGEST_RELATIONS = 2 * 1024 * 1024
RUNS = re.compile(
    r"vbaProject|vbaData|/macrosheets/|/activeX/|\.(?:bin|exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|jar|msi|docm|xlsm|dotm|xltm|xlam|html?|svg|zip|rar|7z)$",
    re.I,
)
# printerSettings1.bin is in nearly every Excel file, holds settings of a driver and is never run.
HARMLESS = re.compile(r"^xl/printerSettings/printerSettings\d+\.bin$|^word/printerSettings\d*\.bin$", re.I)
EXTERNAL = re.compile(rb"<Relationship\b[^>]*>", re.I)


def check(upload: File, name: str, folder: str) -> None:
    """Raises NotComplete for macros, embedded programs, remote templates and objects, bombs, and what cannot be read."""
    try:
        with zipfile.ZipFile(upload) as archive:
            _check_parts(archive.infolist(), name)
            if b"macroEnabled" in _read(archive, "[Content_Types].xml", name):
                refuse(MACROS, name=name)
            for part in archive.namelist():
                if part.endswith(".rels"):
                    _check_relations(_read(archive, part, name), name)
            _read(archive, f"{folder}{'document' if folder == 'word/' else 'workbook'}.xml", name, whole=False)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError, EOFError):
        refuse(DAMAGED, name=name)


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        refuse(BOMB, name=name)
    for part in parts:
        if part.file_size > 1024 * 1024 and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            refuse(BOMB, name=name)
        if part.flag_bits & 1:
            refuse(DAMAGED, name=name)
        if RUNS.search(part.filename) and not HARMLESS.match(part.filename):
            refuse(MACROS, name=name)
        if part.filename.startswith(("/", "\\")) or ".." in part.filename:
            refuse(DAMAGED, name=name)


def _check_relations(content: bytes, name: str) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        refuse(DAMAGED, name=name)
    for relation in EXTERNAL.findall(content):
        if b"External" in relation and re.search(
            rb"/(?:attachedTemplate|oleObject|frame|subDocument|package)[\"']", relation
        ):
            refuse(REMOTE, name=name)


def _read(archive: zipfile.ZipFile, part: str, name: str, *, whole: bool = True) -> bytes:
    """The part, never more than announced: sizes in a zip's directory can lie."""
    with archive.open(part) as content:
        read = content.read(LARGEST_RELATIONS + 1 if whole else 1024)
    if len(read) > LARGEST_RELATIONS:
        refuse(BOMB, name=name)
    return read
