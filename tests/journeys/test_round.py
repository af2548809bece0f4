"""One whole round in the browser, from the letter to the certificate anybody can check, by people with different rights.

Nine steps, one test each, in order; each begins where the one before ended. The clock is moved as the real dates went.
"""

import hashlib
import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from saduak.kernel.clock import bangkok

from . import applicants
from .applicants import add_evidence, documents, fill_section, photos, register_centre, saved, written
from .offices import pass_on, receive
from .walk import Walk

pytestmark = pytest.mark.journey
BUNDLE = "saduak/saraban/samples/gecc-2565-bundle.txt"
CENTRE = "ศูนย์บริการนักท่องเที่ยวและประชาชนพระธาตุช่อแฮ"
EARLIER = "ศูนย์บริการประชาชนเทศบาลตำบลช่อแฮ"


@pytest.fixture(scope="class")
def walk(start_house, browser):
    made = Walk.begin(start_house("prepared"), browser)
    yield made
    made.cast.leave()


class TestRound:
    def test_1_the_bundle_is_read_and_confirmed(self, walk: Walk):
        with walk.step(1, bangkok(2021, 12, 21, 9, 30)):
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
            officer.page.locator("#id_2-number").focus()
            expect(officer.page.locator(".review-source mark.is-lit", has_text="มท ๐๒๐๑/ว ๕๕๑๒")).to_be_visible()
            officer.look("01-reading")
            officer.press("ยืนยันผลการอ่าน", status=422)
            officer.sees("โปรดพิจารณาข้อสังเกตต่อไปนี้")
            officer.look("01-reading-refused")
            for box in officer.page.locator("#findings input[type=checkbox]").all():
                officer.set(box)
            officer.page.locator("#id_note-1").fill("ยึดเลขที่ ว 5512 ตามตัวหนังสือ")
            officer.page.locator("#id_0-number").fill("พร 0017.2/ว 123")
            officer.press("ยืนยันผลการอ่าน")
            officer.sees("ยืนยันผลการอ่านแล้ว", "ยึดเลขที่ ว 5512 ตามตัวหนังสือ", "พร 0017.2/ว 123", "อ่านได้ว่า: พร 0017.2/ว")
            walk.cast("registrar.phrae").goto(officer.path, status=404)

    def test_2_the_round_is_opened_from_it(self, walk: Walk):
        with walk.step(2, bangkok(2021, 12, 21, 10, 15)):
            officer = walk.cast("officer")
            officer.goto(f"/circulars/readings/{walk.reading}/")
            officer.press("เปิดรอบ")
            officer.sees("ตรงกัน", "ตั้งแต่วันที่ ๑ มกราคม - ๒๘ กุมภาพันธ์ ๒๕๖๕")
            assert officer.page.locator("#id_APPLICATION_closes").input_value() == "2022-03-01T00:00"
            officer.look("02-open-round")
            officer.press("เปิดรอบ", within="form.stack")
            walk.round = officer.path.split("/")[-2]
            officer.sees("เปิดรอบแล้ว", "ประจำปีงบประมาณ พ.ศ. 2565", "ปฏิทิน", "เปิดรับสมัคร", "เรื่องที่ขอให้ดำเนินการ")
            officer.look("02-round")

    def test_3_the_circular_goes_down_the_tree(self, walk: Walk):
        with walk.step(3, bangkok(2021, 12, 22, 10, 5)):
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
                pass_on(registrar, kinds)
            chohae = walk.at(bangkok(2022, 1, 17, 9, 10), "registrar.chohae")
            receive(chohae)
            chohae.page.locator("#id_person_ref").select_option(label="นางสาวพิมพ์ใจ สมมติธรรม")
            chohae.fill("หมายเหตุ", "โปรดพิจารณาสมัคร")
            chohae.press("มอบหมาย")
            chohae.goto("/circulars/registers/?direction=IN")
            chohae.sees("ทะเบียนหนังสือรับ", "อำเภอเมืองแพร่")
            assert chohae.download("พิมพ์ (PDF)").startswith(b"%PDF")
            phrae = walk.cast("registrar.phrae")
            phrae.goto("/circulars/")
            phrae.page.locator(".letter-subject a").first.click()
            phrae.press("สมุดติดตามหนังสือ")
            phrae.page.get_by_text("ส่งต่อไปยัง 10 หน่วยงาน").click()
            phrae.sees("อำเภอเมืองแพร่", "ยังเงียบ")
            phrae.sees_not("จังหวัดน่าน")
            phrae.look("03-ledger-of-phrae")
            officer.goto(f"/circulars/{walk.circular}/ledger/")
            officer.sees("กระทรวงมหาดไทย", "จังหวัดน่าน", "วันทำการก่อนส่งต่อ")
            officer.look("03-ledger")
            coordinator = walk.cast("coordinator.chohae")
            coordinator.goto("/")
            coordinator.look("03-home-of-coordinator")
            coordinator.goto("/circulars/actions/")
            coordinator.sees("เรื่องที่หน่วยงานต้องดำเนินการ", "สมัคร", "ตอบแบบสำรวจ")
            coordinator.look("03-actions")
            assert not re.search("Waits|Circulars", coordinator.page.locator("main").inner_text())

    def test_4_a_centre_applies(self, walk: Walk):
        with walk.step(4, bangkok(2022, 1, 19, 9)):
            coordinator = walk.cast("coordinator.chohae")
            coordinator.goto("/applications/")
            coordinator.press("เริ่มใบสมัคร")
            register_centre(coordinator, CENTRE)
            coordinator.look("04-who-may-apply")
            coordinator.press(f"เริ่มใบสมัคร {CENTRE}")
            walk.application = coordinator.path.split("/")[2]
            coordinator.sees(CENTRE, "ข้อมูลศูนย์", "ความคืบหน้า")
            coordinator.look("04-tasks")
            coordinator.press("ข้อมูลศูนย์", within="main")
            fill_section(coordinator)
            saved(coordinator)
            coordinator.press("บันทึกและไปหน้าถัดไป")
            # Half of the next page, then the browser is closed: nothing is lost, and a colleague finds it as well.
            page = coordinator.path
            fill_section(coordinator)
            saved(coordinator)
            before = written(coordinator)
            assert len(before) > 14
            coordinator = walk.anew("coordinator.chohae")
            coordinator.goto(page)
            assert written(coordinator) == before
            colleague = walk.cast("colleague.chohae")
            colleague.goto(page)
            assert written(colleague) == before
            coordinator.look("04-form")
            coordinator.press("บันทึกและไปหน้าถัดไป")
            pages = coordinator.page.locator("aside .pages li").count()
            missing = ""
            for turn in range(2, pages):
                items = [one.removeprefix("v:") for one in coordinator.page.locator("form[data-autosave]").first.evaluate(
                    "form => [...new Set([...form.elements].map(e => e.name).filter(name => name.startsWith('v:')))]")]
                if turn == pages - 1:
                    missing = items[-1]
                fill_section(coordinator, leave_out=[missing])
                saved(coordinator)
                coordinator.press("บันทึกและไปหน้าถัดไป" if turn < pages - 1 else "บันทึกและกลับไปรายการที่ต้องทำ")
            coordinator.press("หลักฐาน", within="main")
            coordinator.press("เพิ่มหลักฐาน", within="main")
            coordinator.upload("[name=uploads]", [{"name": "ป้าย.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + bytes(900)}])
            coordinator.fill("ชื่อหลักฐาน", "ป้ายหน้าศูนย์")
            coordinator.press("เพิ่ม", status=422, within="form.stack")
            assert coordinator.page.get_by_label("ชื่อหลักฐาน").input_value() == "ป้ายหน้าศูนย์"
            coordinator.look("04-upload-refused")
            coordinator.goto(f"/applications/{walk.application}/evidence/")
            add_evidence(coordinator, photos(), [0])
            add_evidence(coordinator, documents(), range(1, pages - 1))
            coordinator.look("04-evidence")
            coordinator.goto(f"/applications/{walk.application}/propose/")
            coordinator.press("เสนอหัวหน้าหน่วยงาน", status=422, within="form.stack")
            named = coordinator.page.locator(".error-summary a")
            expect(named).to_have_count(1)
            coordinator.look("04-something-missing")
            expect(named).to_contain_text("ยังไม่ได้ตอบ")
            named.click()
            expect(coordinator.page.locator(f"[name='v:{missing}']").first).to_be_in_viewport()
            fill_section(coordinator)
            coordinator.press("บันทึกและกลับไปรายการที่ต้องทำ")
            coordinator.press("ตรวจทานคำตอบ", within="main")
            coordinator.sees("ข้อมูลครบถ้วน", "1,250")
            coordinator.look("04-check")
            coordinator.press("เสนอหัวหน้าหน่วยงาน")
            coordinator.press("เสนอหัวหน้าหน่วยงาน", within="form.stack")
            coordinator.sees("แจ้งหัวหน้าหน่วยงานแล้ว", "อยู่ระหว่างการพิจารณาของหัวหน้าหน่วยงาน")
            for stranger in ("assessor1", "committee1"):
                walk.cast(stranger).goto(f"/applications/{walk.application}/", status=404)
            walk.at(bangkok(2022, 1, 20, 10, 30), "head.chohae")
            head = walk.cast("head.chohae")
            head.goto("/")
            head.sees(CENTRE)
            head.look("04-home-of-head")
            head.goto(f"/applications/{walk.application}/read/")
            head.sees(applicants.REASON, "จุดแรกรับและป้ายบอกทาง")
            head.press("รับรองและส่งใบสมัคร")
            head.press("รับรองและส่งใบสมัคร", status=422, within="form.stack")
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
