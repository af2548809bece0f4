"""Steps 1 to 3: the bundle is read, the round opened from it, and the circular goes down the tree."""

import re
from datetime import datetime

from playwright.sync_api import expect

from saduak.kernel.clock import bangkok

from .walk import Walk
from .walker import Walker

BUNDLE = "saduak/saraban/samples/gecc-2565-bundle.txt"


def read_the_bundle(walk: Walk) -> None:
    """Read, found fault with, corrected, confirmed."""
    officer = walk.cast("officer")
    officer.goto("/circulars/readings/")
    officer.press("นำหนังสือเข้ามาอ่าน")
    officer.upload("#id_file", [walk.file(BUNDLE)])
    officer.press("อ่าน")
    walk.reading = officer.path.split("/")[-2]
    officer.sees("พบหนังสือ 3 ฉบับ", "มีข้อสังเกตที่ยังไม่ได้พิจารณา 10 ข้อ")
    findings = officer.page.locator("#findings")
    for said in (
        "อ้างถึงหนังสือเลขที่ “มท 0201/ว 5412” แต่ฉบับที่แนบมา (ฉบับที่ 3) ลงเลขที่ “มท 0201/ว 5512”",
        "“go.example.go.th/gecc65s” กับ “go.example.go.th/gecc65S”",
        "ฉบับที่ 1 ยังไม่ได้ลงเลขที่หนังสือ",
        "ฉบับที่ 2 ลงวันที่ 4 มีนาคม 2565 ซึ่งพ้นกำหนดในหนังสือแล้ว",
        "“ในวันอังคารที่ ๒๘ ธันวาคม ๒๕๖๔” ในหนังสือฉบับที่ 3 ผ่านไปแล้วเมื่อออกหนังสือส่งต่อ",
        "“ภายในวันศุกร์ที่ ๒๔ ธันวาคม ๒๕๖๔” ในหนังสือฉบับที่ 3 ผ่านไปแล้วเมื่อออกหนังสือส่งต่อ",
    ):
        expect(findings).to_contain_text(said)
    # Each field shows its place: whoever stands in the number sees it lit in the text.
    bundle = officer.path
    officer.goto(f"{bundle}letters/3/")
    officer.page.locator("#id_2-number").focus()
    expect(officer.page.locator(".review-source mark.is-lit", has_text="มท ๐๒๐๑/ว ๕๕๑๒")).to_be_visible()
    officer.look("01-reading")
    officer.goto(f"{bundle}letters/1/")
    officer.page.locator("#id_0-number").fill("พร 0017.2/ว 123")
    officer.press("บันทึกแล้วไปฉบับถัดไป")
    officer.goto(bundle)
    officer.press("ยืนยันผลการอ่าน", status=422)
    officer.sees("โปรดพิจารณาข้อสังเกตต่อไปนี้")
    officer.look("01-reading-refused")
    for box in officer.page.locator("#findings input[type=checkbox]").all():
        officer.set(box)
    officer.page.locator("#id_note-1").fill("ยึดเลขที่ ว 5512 ตามตัวหนังสือ")
    officer.press("ยืนยันผลการอ่าน")
    officer.sees("ยืนยันผลการอ่านแล้ว", "ยึดเลขที่ ว 5512 ตามตัวหนังสือ")
    officer.goto(f"{bundle}letters/1/")
    officer.sees("พร 0017.2/ว 123", "อ่านได้ว่า: พร 0017.2/ว")
    officer.goto(bundle)
    walk.cast("registrar.phrae").goto(officer.path, status=404)


def open_the_round(walk: Walk) -> None:
    """From the letters and the pack."""
    officer = walk.cast("officer")
    officer.goto(f"/circulars/readings/{walk.reading}/")
    officer.press("เปิดรอบ")
    officer.sees("ตรงกัน", "ตั้งแต่วันที่ ๑ มกราคม - ๒๘ กุมภาพันธ์ ๒๕๖๕")
    assert officer.page.locator("#id_APPLICATION_closes").input_value() == "28 ก.พ. 2565 24.00"
    officer.look("02-open-round")
    officer.press("เปิดรอบ", within="form.stack")
    walk.round = officer.path.split("/")[-2]
    officer.sees("กำลังดำเนินการ", "ประจำปีงบประมาณ พ.ศ. 2565", "ปฏิทิน", "เปิดรับสมัคร", "เรื่องที่ขอให้ดำเนินการ")
    officer.look("02-round")


def issue(walk: Walk) -> None:
    """The secretariat's letter to the ministries; what is missing is named first."""
    officer = walk.cast("officer")
    officer.goto("/circulars/out/")
    officer.press("เขียนหนังสือเวียน")
    officer.press("เริ่มเขียนหนังสือ")
    officer.look("03-draft")
    officer.press("ต่อไป: ตรวจว่าหนังสือถึงใคร")
    officer.press("ออกเลขและส่ง", status=422)
    officer.press("ชื่อผู้ลงนาม")  # what is missing is named, with its place
    officer.fill("ชื่อผู้ลงนาม", "นางสาวกานดา สมมติวงศ์")
    walk.circular = pass_on(officer, ["กระทรวง"], look="03-before-it-leaves")


def go_down(walk: Walk) -> None:
    """Ministry, department, province, district: stamped in, taken note of, passed on, each with its own number."""
    down = [
        ("registrar.moi", bangkok(2021, 12, 23, 9, 12), bangkok(2021, 12, 23, 14, 20), ["กรม", "รัฐวิสาหกิจ"]),
        ("registrar.dla", bangkok(2021, 12, 27, 15, 37), bangkok(2021, 12, 29, 11, 0), ["จังหวัด"]),
        ("registrar.phrae", bangkok(2022, 1, 5, 13, 50), bangkok(2022, 1, 10, 10, 15), []),
        ("registrar.mueang", bangkok(2022, 1, 11, 9, 5), bangkok(2022, 1, 13, 15, 10), []),
    ]
    for name, came, went, kinds in down:
        registrar = walk.at(came, name)
        number = receive(registrar, look="03-hop" if name == "registrar.phrae" else "")
        assert number == ("1/2564" if came < datetime(2022, 1, 1, tzinfo=came.tzinfo) else "1/2565")
        walk.at(went, name)
        registrar.press("ส่งต่อ", within=".head-actions")
        pass_on(registrar, kinds, head=walk.cast("head.phrae") if name == "registrar.phrae" else None)


def arrive(walk: Walk) -> None:
    """At the office of a centre: register, and one person who is to do it."""
    chohae = walk.at(bangkok(2022, 1, 17, 9, 10), "registrar.chohae")
    receive(chohae)
    chohae.page.locator("#id_person_ref").select_option(label="นางสาวพิมพ์ใจ สมมติธรรม")
    chohae.fill("หมายเหตุ", "โปรดพิจารณาสมัคร")
    chohae.press("มอบหมาย")
    chohae.goto("/circulars/registers/?direction=IN")
    chohae.sees("ทะเบียนหนังสือรับ", "อำเภอเมืองแพร่")
    assert chohae.download("พิมพ์ (PDF)").startswith(b"%PDF")


def follow(walk: Walk) -> None:
    """The ledger of the province, of the secretariat, and what is asked of the unit."""
    officer = walk.cast("officer")
    phrae = walk.cast("registrar.phrae")
    phrae.goto("/circulars/")
    phrae.page.locator(".letter-subject a").first.click()
    phrae.press("สมุดติดตามหนังสือ")
    phrae.page.locator("#hops").scroll_into_view_if_needed()  # the offices come when one gets there
    phrae.page.get_by_text("ส่งต่อไปยัง 10 หน่วยงาน").click()
    phrae.sees("อำเภอเมืองแพร่", "ยังเงียบ")
    phrae.sees_not("จังหวัดน่าน")
    phrae.look("03-ledger-of-phrae")
    officer.goto(f"/circulars/{walk.circular}/ledger/")
    officer.page.locator("#hops").scroll_into_view_if_needed()
    officer.sees("กระทรวงมหาดไทย", "มีหนังสือแล้ว 77 จาก 77 แห่ง", "กำหนดใดยังทัน")
    officer.look("03-ledger")
    coordinator = walk.cast("coordinator.chohae")
    coordinator.goto("/")
    coordinator.look("03-home-of-coordinator")
    coordinator.goto("/circulars/actions/")
    coordinator.sees("เรื่องที่หน่วยงานต้องดำเนินการ", "สมัคร", "ตอบแบบสำรวจ")
    coordinator.look("03-actions")
    assert not re.search("Waits|Circulars", coordinator.page.locator("main").inner_text())


def receive(registrar: Walker, look: str = "") -> str:
    """Stamp the newest letter in and take note of it; returns its receiving number."""
    registrar.goto("/circulars/?state=SENT")
    registrar.page.locator(".letter-subject a").first.click()
    registrar.press("ลงรับด้วยเลขถัดไป")
    said = registrar.page.locator("#alerts").inner_text()
    registrar.press("รับทราบ", within=".head-actions")
    registrar.sees("เลขรับ", "เส้นทางของหนังสือ")
    if look:
        registrar.look(look)
    return said.split("เลขที่")[1].split()[0]


def pass_on(sender: Walker, kinds: list[str], look: str = "", head: Walker | None = None) -> str:
    """From the draft to the last addressee; kinds of office, or those directly below when none is named; where the office
    has a head, by way of the head. Returns the code of the circular."""
    if not sender.page.get_by_label("ชื่อผู้ลงนาม").input_value():
        sender.fill("ชื่อผู้ลงนาม", "นายสมมติ ลงนามแทน")
    if kinds:
        sender.tick("ทุกหน่วยงานตามประเภทหรือระดับชั้นที่เลือก")
        for box in sender.page.locator("[name=kinds]").all():
            label = sender.page.locator(f"label[for={box.get_attribute('id')}]").inner_text()
            sender.set(box, label.split(" (")[0].strip() in kinds)
    else:
        sender.tick("หน่วยงานใต้สังกัดโดยตรง")
    sender.press("ต่อไป: ตรวจว่าหนังสือถึงใคร")
    sender.sees("หนังสือจะถึงใคร", "ทำได้ทันกำหนดหรือไม่")
    if look:
        sender.look(look)
    if head is not None:
        approve(sender, head)
    sender.press("ออกเลขและส่ง")
    sender.sees("ออกเลขหนังสือแล้ว")
    sender.waits_for("ส่งครบทุกหน่วยงานแล้วเมื่อ")
    return sender.path.split("/")[-2]


def approve(sender: Walker, head: Walker) -> None:
    """Laid before the head, who finds it among what waits, reads it and approves of it."""
    check = sender.path
    sender.press("เสนอหัวหน้าหน่วยงาน")
    sender.sees("รอหัวหน้าหน่วยงาน")
    head.goto("/circulars/approvals/")
    head.page.locator(".letter-subject a").first.click()
    head.sees("หนังสือตามที่จะส่งออก", "หนังสือจะถึงใคร")
    head.look("03-approval")
    head.press("เห็นชอบหนังสือ")
    head.sees("เห็นชอบหนังสือแล้ว")
    sender.goto(check)
