"""What the people of a centre do: register it, fill the form by the keyboard, add evidence."""

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import expect

from saduak.config.demo import evidence

from .walker import Walker

PROFILE = {
    "address": "88 หมู่ 11 ถนนช่อแฮ ตำบลช่อแฮ อำเภอเมืองแพร่ จังหวัดแพร่ 54000",
    "latitude": "18.08604",
    "longitude": "100.20403",
    "transport": "รถสองแถวสายแพร่–ช่อแฮ มีที่จอดรถหน้าศูนย์ 40 คัน",
    "hours": "ทุกวัน 08.30–16.30 น. ไม่หยุดพักกลางวัน",
    "services_own": "ให้ข้อมูลการท่องเที่ยว รับคำขอใช้พื้นที่ รับชำระค่าธรรมเนียม",
    "services_information": "ข้อมูลบริการของหน่วยงานของรัฐในอำเภอเมืองแพร่",
    "services_complaints": "รับเรื่องที่จุดแรกรับ ออกเลขรับเรื่อง และแจ้งผลภายใน 15 วัน",
    "staff": "6",
    "visitors": "๑,๒๕๐",
    "contact_name": "นางสาวพิมพ์ใจ สมมติธรรม ผู้ประสานงาน",
    "contact_phone": "0 5455 5100",
}
REASON = "ดำเนินการต่อเนื่องตั้งแต่ปีงบประมาณ พ.ศ. 2564 มีคำสั่งมอบหมายผู้รับผิดชอบและรายงานผลทุกเดือน"
CHANNELS = {"counter", "telephone", "chat"}


def register_centre(coordinator: Walker, name: str) -> None:
    coordinator.press("ขึ้นทะเบียนศูนย์", within="main")
    coordinator.fill("ชื่อศูนย์ภาษาไทย", name)
    coordinator.fill("ชื่อภาษาอังกฤษ", "Phra That Cho Hae Visitor and Public Service Centre")
    coordinator.fill("ที่อยู่", PROFILE["address"])
    coordinator.press("ขึ้นทะเบียน", within="form.stack")
    coordinator.sees(f"ขึ้นทะเบียน “{name}” แล้ว")


def answer(name: str, kind: str, value: str) -> Any:
    """The keys for one control of the form: yes where it asks yes or no, the highest score, a reason where there is one."""
    part, _colon, item = name.partition(":")
    if item.startswith("profile."):
        key = item.removeprefix("profile.")
        if kind == "checkbox":
            return ["Space"] if value in CHANNELS else None
        return PROFILE.get(key)
    if part == "j":
        return REASON
    if kind == "radio":
        return ["Space"] if value == "yes" else ["ArrowUp"]  # upwards from the first score is the last, the highest
    return ["End"] if kind == "select-one" else None


def fill_section(coordinator: Walker, leave_out: Iterable[str] = ()) -> int:
    """Fill the page of the form that is open; controls of the items in `leave_out` are passed by."""
    out = set(leave_out)
    filled = coordinator.fill_by_keyboard(
        "form[data-autosave]", lambda name, kind, value: None if name[2:] in out else answer(name, kind, value)
    )
    return filled


def saved(coordinator: Walker) -> None:
    """Wait until the page says that what was written is kept."""
    expect(coordinator.page.locator("[data-autosave-banner]")).to_contain_text("บันทึกแล้ว")


def written(coordinator: Walker) -> dict[str, str]:
    """What stands in the controls of the open page, by name."""
    return coordinator.page.evaluate(
        """() => Object.fromEntries([...new FormData(document.querySelector('form[data-autosave]'))]
        .filter(([name]) => /^[vj]:/.test(name)).map(([name, value]) => [name, String(value).replace(/\\r/g, '')]))"""
    )


def upload(one: Any) -> dict[str, Any]:
    return {"name": one.name, "mimeType": one.content_type, "buffer": one.read()}


def photos() -> list[dict[str, Any]]:
    titles = ["จุดแรกรับและป้ายบอกทาง", "พื้นที่รอรับบริการ", "ห้องน้ำและทางลาด"]
    return [upload(evidence.photo(title, turn)) for turn, title in enumerate(titles)]


def documents() -> list[dict[str, Any]]:
    titles = ["คำสั่งมอบหมายผู้รับผิดชอบ", "รายงานผลการดำเนินงาน", "ผลสำรวจความต้องการ", "ภาพถ่ายตลอดเส้นทาง"]
    return [upload(evidence.document(title, turn)) for turn, title in enumerate(titles)]


def add_evidence(coordinator: Walker, files: list[dict[str, Any]], pages: Iterable[int], leave_out: str = "") -> None:
    """Several files at once, for all criteria of these pages of the form."""
    coordinator.press("เพิ่มหลักฐาน", within="main")
    coordinator.upload("[name=uploads]", files)
    coordinator.fill("แสดงให้เห็นสิ่งใด", "สภาพและเอกสารจริงของศูนย์ ณ เดือนมกราคม 2565")
    folds = coordinator.page.locator("#id_items_0 details")
    for page in pages:
        fold = folds.nth(page)
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        for box in fold.locator("input").all():
            if box.get_attribute("value") != leave_out:
                coordinator.set(box)
    coordinator.press("เพิ่ม", within="form.stack")
    coordinator.sees(f"เพิ่มหลักฐานแล้ว {len(files)} รายการ")
