"""What a letter of readiness says, in Thai, as official letters are: how many units are ready, which, and what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from saduak.circulars.wording import thai_text

MOST_NAMED = 60  # units that the letter names; the table behind its link has them all
LONGEST_SUBJECT = 400


@dataclass(frozen=True)
class Told:
    """What is told. body, area: to which body and, where it is for one province only, for which."""

    sender: str
    round: str
    body: str
    area: str
    ready: Sequence[str]
    not_ready: Sequence[str]


def subject(told: Told) -> str:
    return thai_text(f"แจ้งผลการประเมินความพร้อมจากเอกสารใบสมัคร {told.round}")[:LONGEST_SUBJECT]


def paragraphs(told: Told) -> str:
    """Parted by blank lines; the last one ends with “ดังนี้”, behind which the numbered actions follow."""
    where = f"ในสังกัด{told.body}" + (f" ในพื้นที่จังหวัด{told.area.removeprefix('จังหวัด')}" if told.area else "")
    parts = [
        f"ตามที่{told.sender}ได้เปิดรับสมัครและตรวจสอบเอกสารใบสมัครของหน่วยบริการที่ขอรับ{told.round} นั้น",
        f"บัดนี้ การตรวจสอบเอกสารใบสมัครของหน่วยบริการ{where} จำนวน {len(told.ready) + len(told.not_ready)} แห่ง "
        f"เสร็จสิ้นแล้ว ปรากฏว่ามีความพร้อมเข้ารับการตรวจประเมิน {len(told.ready)} แห่ง "
        f"และยังไม่พร้อมในรอบนี้ {len(told.not_ready)} แห่ง",
    ]
    if told.ready:
        parts.append("หน่วยบริการที่มีความพร้อม ได้แก่ " + _named(told.ready))
    if told.not_ready:
        parts.append("หน่วยบริการที่ยังไม่พร้อม ได้แก่ " + _named(told.not_ready))
    parts.append("ในการนี้ จึงขอความร่วมมือดำเนินการ ดังนี้")
    return thai_text("\n\n".join(parts))


def asked() -> str:
    """The action where the pack words none of the kind."""
    return "รับทราบผลการประเมินความพร้อมของหน่วยบริการในสังกัด และแจ้งให้หน่วยบริการที่เกี่ยวข้องทราบ"


def _named(names: Sequence[str]) -> str:
    listed = " ".join(f"({place}) {name}" for place, name in enumerate(names[:MOST_NAMED], 1))
    left = len(names) - MOST_NAMED
    return f"{listed} และหน่วยบริการอื่นอีก {left} แห่ง ตามรายละเอียดในระบบ" if left > 0 else listed
