"""Links, e-mail addresses, telephone and fax numbers."""

import re
from bisect import bisect_right

from saduak.saraban.model import Field
from saduak.saraban.reader import words
from saduak.saraban.reader.clean import Source

_TLD = r"(?:th|com|org|net|at|ly|gl|me|gd|gg|cc|info|edu|gov|int|io|co|asia|page|link|to|app|dev|be|site|online|tv|us)"
_URL = re.compile(
    r"(?<![\w@./-])(?:https?://[ ]?[!-~]{3,400}"
    r"|www\.[ ]?[a-z0-9][!-~]{2,400}"
    rf"|(?:[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?\.){{1,5}}{_TLD}(?![a-z0-9.@-])(?:/[!-~]{{0,400}})?)",
    re.IGNORECASE | re.ASCII,
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[a-z0-9][a-z0-9._+-]{0,60}[ ]?@[ ]?[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,40}){1,5}",
    re.IGNORECASE | re.ASCII,
)
_EXTENSION = r"(?:[ ]*(?:ต่อ[ก-ฮ]?|#|กด|ext\.?)[ ]*[0-9]{1,6}(?:[ ]?(?:[-,/]|และ|หรือ|ถึง)[ ]?[0-9]{1,6}(?![0-9 -]{5}))*)"
_NUMBER = (
    r"(?:\+66[ -]?)?[0-9](?:[ ]?[-–.]?[ ]?[0-9]){2,11}"
    r"(?:[ ]?(?:[-–]|ถึง)[ ]?[0-9]{1,2}(?![0-9:.]))?"
)
_ONE = re.compile(rf"{_NUMBER}{_EXTENSION}?")
_LABEL = re.compile(
    rf"(?P<both>{words.PHONE_LABEL}[.]?[ ]*[/,&][ ]*{words.FAX_LABEL})|(?P<fax>(?:{words.PHONE_LABEL}[ ]?)?{words.FAX_LABEL})|(?P<phone>{words.PHONE_LABEL})"
)
_HOTLINE = re.compile(r"(?:สายด่วน|Call[ ]?Center|Hotline|ฮอตไลน์)[^0-9\n]{0,30}?(?=[0-9])", re.IGNORECASE)
_AFTER_LABEL = re.compile(r"(?:[ .:\n()]|หมายเลข|เบอร์|ที่|ภายใน|เลขที่|มท\.?){0,12}")
_BETWEEN = re.compile(r"[ ]*(?:,|/|;|หรือ|และ|กับ|หรือที่|-(?=[ ]?0))[ ]*(?:หมายเลข|ที่)?[ ]*(?=[0-9])")
_LOOSE = re.compile(r"(?<![0-9./-])0[0-9]?[ -]?[0-9]{3,4}[ -][0-9]{3,4}(?:[ -][0-9]{3,4})?(?![0-9/-])")
_NOT_PHONE = re.compile(r"(?:เลข|รหัส|บัญชี|ประจำตัว|ทะเบียน|สาร|Fax|fax|FAX|ที่)[^0-9\n]{0,25}$")


def find_urls(source: Source, start: int, end: int, skip: tuple[tuple[int, int], ...] = ()) -> list[Field]:
    """Links as printed, each once, without the marks that follow them."""
    found: list[Field] = []
    for match in _URL.finditer(source.text, start, end):
        text = match[0].rstrip(".,;:!?'\"”’>*")
        while text and text[-1] in ")]}" and text.count("(") < text.count(")"):
            text = text[:-1].rstrip(".,;:")
        if any(begin <= match.start() < stop for begin, stop in skip) or "@" in text.split("/", 1)[0]:
            continue
        value = text.replace(" ", "")
        if value not in [item.value for item in found]:
            found.append(Field(value, source.span(match.start(), match.start() + len(text))))
    return found


def as_field(source: Source, start: int, end: int) -> Field | None:
    """The text at [start:end] as a value, or None when it is empty."""
    value = " ".join(source.text[start:end].split())
    return Field(value, source.span(start, end)) if value else None


def find_emails(source: Source, start: int, end: int) -> list[tuple[Field, tuple[int, int]]]:
    """E-mail addresses, each once, with their place in the cleaned text."""
    found: dict[str, tuple[Field, tuple[int, int]]] = {}
    for match in _EMAIL.finditer(source.flat, start, end):
        value = match[0].replace(" ", "").rstrip(".-")
        found.setdefault(value.lower(), (Field(value, source.span(*match.span())), match.span()))
    return list(found.values())


def find_phones(source: Source, start: int, end: int) -> tuple[list[Field], list[Field]]:
    """Telephone and fax numbers, in Arabic digits, each once.

    A short number counts only behind "โทร"; a number without a word before it only in the full form of one
    ("08x xxx xxxx", "0-xxxx-xxxx").
    """
    flat = source.flat
    phones: dict[str, Field] = {}
    faxes: dict[str, Field] = {}
    begins: list[int] = []  # of the numbers found behind a label, in order
    stops: list[int] = []
    for label in _LABEL.finditer(flat, start, end):
        after = _HOTLINE.match(flat, label.start(), end) or _AFTER_LABEL.match(flat, label.end(), end)
        position = after.end() if after else label.end()
        while match := _ONE.match(flat, position, end):
            number = _without_year(match[0])
            stop = position + len(number)
            if _is_number(number):
                kept = faxes if label["fax"] else phones
                kept.setdefault(_digits(number), Field(_tidy(number), source.span(position, stop)))
                begins.append(position)
                stops.append(stop)
            between = _BETWEEN.match(flat, stop, end)
            if not between:
                break
            position = between.end()
    for match in _LOOSE.finditer(flat, start, end):
        following = bisect_right(stops, match.start())
        known = following < len(stops) and begins[following] < match.end()
        if known or not _plausible(match[0]) or _NOT_PHONE.search(flat[max(start, match.start() - 40) : match.start()]):
            continue
        phones.setdefault(_digits(match[0]), Field(" ".join(match[0].split()), source.span(*match.span()), 0.7))
    return list(phones.values()), list(faxes.values())


def _tidy(number: str) -> str:
    return re.sub(r"ต่อ[ก-ฮ]", "ต่อ", " ".join(number.split()))  # OCR adds a letter to "ต่อ"


def _without_year(number: str) -> str:
    """Cut off what was taken along behind a gap: a second column, a page number."""
    return re.split(r"[ ]{2,}(?=[0-9]{1,2}$)|\n", number)[0].rstrip(" -–.")


def _is_number(number: str) -> bool:
    main = re.split("[ก-๎#a-z]", number)[0]
    digits = _digits(main)
    return 3 <= len(digits) <= 13 and not re.fullmatch(r"[0-9]{1,2}[.:][0-9]{2}", main.strip())


def _plausible(number: str) -> bool:
    digits = _digits(number)
    return (len(digits) == 10 and digits[1] in "689") or (len(digits) == 9 and digits[1] in "23457")


def _digits(number: str) -> str:
    return re.sub("[^0-9]", "", number)
