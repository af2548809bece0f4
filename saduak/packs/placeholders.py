"""Named places in the texts of letters, such as ``{round_year}``.

Only the names listed here exist. A place is replaced by the value given for it, once: what is put in is never
read again, and there is no attribute access, no index, no format specification, so a name with braces in it
stays a name with braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from saduak.packs.text import Text

NAMES: dict[str, Text] = {
    "round_year": Text("ปีของรอบ (พ.ศ.)", "year of the round (Buddhist Era)"),
    "round_title": Text("ชื่อรอบ", "title of the round"),
    "standard_title": Text("ชื่อมาตรฐาน", "title of the standard"),
    "renewal_year": Text("ปีของรอบที่ใบรับรองครบกำหนด", "year of the round whose certificates end"),
    "sender_name": Text("ชื่อหน่วยงานผู้ส่ง", "name of the sending organisation"),
    "recipient_name": Text("ชื่อหน่วยงานผู้รับ", "name of the receiving organisation"),
    "area_name": Text("ชื่อจังหวัดหรืออำเภอ", "name of the province or district"),
    "parent_name": Text("หน่วยงานเจ้าของหนังสือที่อ้างถึง", "organisation whose letter is passed on"),
    "parent_number": Text("เลขที่หนังสือที่อ้างถึง", "number of the letter that is passed on"),
    "parent_date": Text("วันที่ของหนังสือที่อ้างถึง", "date of the letter that is passed on"),
    "application_opens": Text("วันเปิดรับสมัคร", "first day of the application window"),
    "application_closes": Text("วันสุดท้ายที่รับสมัคร", "last day of the application window"),
    "briefing_date": Text("วันประชุมชี้แจง", "day of the briefing"),
    "briefing_time": Text("เวลาประชุมชี้แจง", "time of the briefing"),
    "names_due": Text("วันสุดท้ายที่แจ้งชื่อผู้แทน", "last day for naming delegates"),
    "survey_due": Text("วันสุดท้ายที่ตอบแบบสำรวจ", "last day for answering the survey"),
    "apply_link": Text("ที่อยู่สำหรับสมัคร", "address for applying"),
    "survey_link": Text("ที่อยู่ของแบบสำรวจ", "address of the survey"),
    "briefing_link": Text("ที่อยู่สำหรับแจ้งชื่อและเข้าประชุม", "address for naming delegates and joining the briefing"),
    "contact_unit": Text("หน่วยงานที่ติดต่อสอบถาม", "unit that answers questions"),
    "contact_phone": Text("โทรศัพท์สำหรับสอบถาม", "telephone for questions"),
    "contact_email": Text("ไปรษณีย์อิเล็กทรอนิกส์สำหรับสอบถาม", "e-mail for questions"),
}

_PLACE = re.compile(r"\{([a-z][a-z_]*)\}")
_BRACE = re.compile(r"[{}]")


def wrong_places(text: str) -> list[str]:
    """What stands in braces and is not one of NAMES; a brace left over counts as well."""
    unknown = [name for name in _PLACE.findall(text) if name not in NAMES]
    stray = _BRACE.search(_PLACE.sub("", text))
    return unknown + ([stray.group()] if stray else [])


def names_in(text: str) -> list[str]:
    """The names of the places in ``text``, each once, in order."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with every place filled from ``values``. Raises KeyError with the name of a value that is
    missing.
    """
    return _PLACE.sub(lambda place: str(values[place.group(1)]), text)
