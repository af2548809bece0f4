"""Step 4: a centre is registered, fills the form by the keyboard, adds evidence; its head hands it in."""

import hashlib
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import expect

from saduak.config.demo import answering, evidence
from saduak.kernel.clock import bangkok

from .walk import CENTRE, Walk
from .walker import Walker

PROFILE = {
    "address": "88 หมู่ 11 ถนนช่อแฮ ตำบลช่อแฮ อำเภอเมืองแพร่ จังหวัดแพร่ 54000",
    "location-latitude": "18.08604",
    "location-longitude": "100.20403",
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
    for question, written in answering.script()["answers"].items():
        if item == question or (isinstance(written, dict) and item.startswith(f"{question}-")):
            return answer_question(item.removeprefix(question).lstrip("-"), kind, value, written)
    if kind == "radio":
        return ["Space"] if value == "yes" else ["ArrowUp"]  # upwards from the first score is the last, the highest
    return ["End"] if kind == "select-one" else None


def answer_question(part: str, kind: str, value: str, written: Any) -> Any:
    """The keys for one control of a question beside the marks, as the demonstration answers it: the first of its answers, the
    worst number, the first row. part: of a table the row and column, of a place the axis."""
    if kind == "radio":
        return ["Space"] if value else ["ArrowDown"]  # “no answer” stands there; downwards from the last is the first
    if kind == "checkbox":
        return ["Space"] if value in written[0] else None
    if isinstance(written, list):
        return str(written[0])
    if part in ("latitude", "longitude"):
        return written["54"][0][part]
    row, _dash, column = part.partition("-")
    return str(written["of"][int(row)][column]) if column else str(written["from"])


def fill_section(coordinator: Walker, but: str = "", only: str = "", most: int = 1000) -> None:
    """Fill the page of the form that is open, save for the item `but`, or nothing but the item `only`, or not more than
    `most` controls."""

    def keys(name: str, kind: str, value: str) -> Any:
        item = name[2:]
        return None if (but and item == but) or (only and item != only) else answer(name, kind, value)

    coordinator.fill_by_keyboard("form[data-autosave]", keys, most)


def saved(coordinator: Walker) -> None:
    """Wait until the page says that what was written is kept."""
    expect(coordinator.page.locator("[data-autosave-banner]")).to_contain_text("บันทึกแล้ว")


def written(coordinator: Walker, *, empty: bool = False) -> dict[str, str]:
    """What stands in the controls of the open page, by name; with `empty` also those in which nothing stands."""
    return coordinator.page.evaluate(
        """(empty) => {
          const form = document.querySelector('form[data-autosave]');
          const names = [...form.elements].map(e => e.name).filter(name => /^[vj]:/.test(name));
          const data = new FormData(form), text = name => data.getAll(name).filter(Boolean).join('|').replace(/\\r/g, '');
          return Object.fromEntries([...new Set(names)].map(name => [name, text(name)]).filter(([, said]) => empty || said));
        }""",
        empty,
    )


def upload(one: Any) -> dict[str, Any]:
    return {"name": one.name, "mimeType": one.content_type, "buffer": one.read()}


def photos() -> list[dict[str, Any]]:
    titles = ["จุดแรกรับและป้ายบอกทาง", "พื้นที่รอรับบริการ", "ห้องน้ำและทางลาด"]
    return [upload(evidence.photo(title, turn)) for turn, title in enumerate(titles)]


def documents() -> list[dict[str, Any]]:
    titles = ["คำสั่งมอบหมายผู้รับผิดชอบ", "รายงานผลการดำเนินงาน", "ผลสำรวจความต้องการ", "ภาพถ่ายตลอดเส้นทาง"]
    return [upload(evidence.document(title, turn)) for turn, title in enumerate(titles)]


def add_evidence(coordinator: Walker, files: list[dict[str, Any]], pages: Iterable[int]) -> None:
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
            coordinator.set(box)
    coordinator.press("เพิ่ม", within="form.stack")
    coordinator.sees(f"เพิ่มหลักฐานแล้ว {len(files)} รายการ")


def begin(walk: Walk) -> None:
    """Who may apply is said before any time is spent."""
    coordinator = walk.cast("coordinator.chohae")
    coordinator.goto("/applications/")
    coordinator.press("เริ่มใบสมัคร")
    register_centre(coordinator, CENTRE)
    coordinator.look("04-who-may-apply")
    coordinator.press(f"เริ่มใบสมัคร {CENTRE}")
    walk.application = coordinator.path.split("/")[2]
    coordinator.sees(CENTRE, "ข้อมูลศูนย์บริการ", "ความคืบหน้า")
    coordinator.look("04-tasks")


def fill_the_form(walk: Walk) -> None:
    """In the middle the browser is closed; nothing is lost, and a colleague finds it as well."""
    coordinator = walk.cast("coordinator.chohae")
    coordinator.press("ข้อมูลศูนย์บริการ", within="main")
    fill_section(coordinator)
    saved(coordinator)
    coordinator.press("บันทึกและไปหน้าถัดไป")
    page = coordinator.path
    fill_section(coordinator, most=15)
    saved(coordinator)
    before = written(coordinator)
    assert len(before) == 15
    coordinator = walk.anew("coordinator.chohae")
    coordinator.goto(page)
    assert written(coordinator) == before
    colleague = walk.cast("colleague.chohae")
    colleague.goto(page)
    assert written(colleague) == before
    fill_section(coordinator)
    saved(coordinator)
    coordinator.look("04-form")
    coordinator.press("บันทึกและไปหน้าถัดไป")
    pages = coordinator.page.locator("aside .pages li").count()
    for turn in range(2, pages):
        if turn == pages - 1:
            walk.missing = [name for name in written(coordinator, empty=True) if name.startswith("v:")][-1][2:]
        fill_section(coordinator, but=walk.missing)
        saved(coordinator)
        coordinator.press("บันทึกและไปหน้าถัดไป" if turn < pages - 1 else "บันทึกและกลับไปรายการที่ต้องทำ")


def prove(walk: Walk) -> None:
    """A program that calls itself a photograph is refused; photographs and documents are kept."""
    coordinator = walk.cast("coordinator.chohae")
    coordinator.press("หลักฐาน", within="main")
    coordinator.press("เพิ่มหลักฐาน", within="main")
    program = {"name": "ป้าย.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + bytes(900)}
    with coordinator.refused():
        coordinator.upload("[name=uploads]", [program])
        expect(coordinator.page.locator(".upload.is-wrong")).to_contain_text("ป้าย.jpg")  # said at once, beside the file
    coordinator.fill("ชื่อหลักฐาน", "ป้ายหน้าศูนย์")
    coordinator.press("เพิ่ม", status=422, within="form.stack")
    assert coordinator.page.get_by_label("ชื่อหลักฐาน").input_value() == "ป้ายหน้าศูนย์"
    coordinator.look("04-upload-refused")
    coordinator.goto(f"/applications/{walk.application}/evidence/")
    add_evidence(coordinator, photos(), [0])
    add_evidence(coordinator, documents(), range(1, 7))
    coordinator.look("04-evidence")


def propose(walk: Walk) -> None:
    """What is missing is named with a link that leads there; then the head is told."""
    coordinator = walk.cast("coordinator.chohae")
    coordinator.goto(f"/applications/{walk.application}/")
    coordinator.sees("ไปยังข้อถัดไปที่ยังขาด")
    coordinator.press("ตรวจทานคำตอบ", within="main")
    coordinator.sees("ยังขาดอีก 1 รายการ")
    named = coordinator.page.locator(".missing a")
    expect(named).to_have_count(1)
    expect(named).to_contain_text("ยังไม่ได้ตอบ")
    coordinator.look("04-something-missing")
    named.click()
    expect(coordinator.page.locator(f"[name='v:{walk.missing}']").first).to_be_in_viewport()
    fill_section(coordinator, only=walk.missing)
    coordinator.press("บันทึกและกลับไปรายการที่ต้องทำ")
    coordinator.press("ตรวจทานคำตอบ", within="main")
    coordinator.sees("ข้อมูลครบถ้วน", "1,250")
    coordinator.look("04-check")
    coordinator.press("เสนอหัวหน้าหน่วยงาน")
    coordinator.press("เสนอหัวหน้าหน่วยงาน", within="form.stack")
    coordinator.sees("แจ้งหัวหน้าหน่วยงานแล้ว", "อยู่ระหว่างการพิจารณาของหัวหน้าหน่วยงาน")
    for stranger in ("assessor1", "committee1"):
        walk.cast(stranger).goto(f"/applications/{walk.application}/", status=404)


def endorse(walk: Walk) -> None:
    """The head reads, endorses and hands in; the receipt's hash is that of what was handed in."""
    coordinator = walk.cast("coordinator.chohae")
    head = walk.at(bangkok(2022, 1, 20, 10, 30), "head.chohae")
    head.goto("/")
    head.sees(CENTRE)
    head.look("04-home-of-head")
    head.goto(f"/applications/{walk.application}/read/")
    head.sees(REASON, "จุดแรกรับและป้ายบอกทาง")
    head.press("รับรองและส่งใบสมัคร")
    head.tick("ข้าพเจ้าได้อ่าน")
    head.press("รับรองและส่งใบสมัคร", within="form.stack")
    head.sees("ใบรับเลขที่", "ค่าแฮช SHA-256")
    head.look("04-receipt")
    told = head.page.locator(".hash").inner_text().split()[0]
    assert hashlib.sha256(head.download("ไฟล์ข้อมูลที่ใช้คำนวณค่าแฮช (JSON)")).hexdigest() == told
    assert head.download("ดาวน์โหลดใบรับ (PDF)").startswith(b"%PDF")
    coordinator.goto(f"/applications/{walk.application}/form/")
    assert coordinator.path.endswith("/read/")  # what was handed in is no longer edited
    coordinator.goto("/circulars/actions/")
    coordinator.sees("ดำเนินการแล้ว")
