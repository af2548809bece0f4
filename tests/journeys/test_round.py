"""One whole round in the browser, from the letter to the certificate anybody can check, by people with different rights.

Nine steps, one test each, in order; each begins where the one before ended. The clock is moved as the real dates went.
"""

import hashlib
import re
import sqlite3
from datetime import datetime

import pytest
from playwright.sync_api import expect

from saduak.kernel.clock import bangkok

from . import applicants
from .applicants import add_evidence, documents, fill_section, photos, register_centre, saved, written
from .assessors import agree, give_marks
from .certificates import certificate_of, code_on_paper
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

    def test_5_screening_and_readiness(self, walk: Walk):
        with walk.step(5, bangkok(2022, 3, 7, 9)):
            officer = walk.cast("officer")
            officer.goto("/assessment/screening/")
            officer.press(CENTRE)
            sheet = f"/assessment/screening/{walk.application}/"
            while not officer.path.endswith("/result/"):
                page = officer.path
                officer.press("ข้อที่เหลือในหมวดนี้ผ่านทั้งหมด")
                if page == sheet:
                    officer.look("05-screening")
                officer.press("หมวดถัดไป" if officer.may_press("หมวดถัดไป") else "สรุปผลการตรวจ", within=".judging-foot")
            officer.goto(sheet)
            item = officer.page.locator(".judge").nth(2).get_attribute("id").removeprefix("item-")
            officer.page.locator(f"[name='verdict-{item}'][value=NOT_MET]").press("Space")
            officer.page.locator(f"#kind-{item}").select_option(label="ไม่ครบถ้วน")
            officer.page.locator(f"#remark-{item}").fill("ขอภาพถ่ายป้ายบอกทางจากถนนใหญ่เพิ่มเติม")
            saved(officer)
            officer.press("สรุปผลการตรวจ", within=".head-actions")
            officer.sees("ขอภาพถ่ายป้ายบอกทางจากถนนใหญ่เพิ่มเติม")
            officer.page.locator("#id_due_on").fill("2022-03-25")
            officer.press("ส่งคืนหน่วยงาน")
            officer.sees("ส่งใบสมัครคืนหน่วยงานเพื่อแก้ไขแล้ว")

            coordinator = walk.at(bangkok(2022, 3, 14, 10), "coordinator.chohae")
            coordinator.goto("/")
            coordinator.press(CENTRE, within="main")
            coordinator.press("ดูข้อสังเกต")
            coordinator.sees("ขอภาพถ่ายป้ายบอกทางจากถนนใหญ่เพิ่มเติม", "25 มีนาคม 2565")
            coordinator.look("05-remarks")
            coordinator.press("ไปแก้ไขข้อนี้", within="main")
            coordinator.page.locator(f"[id='{item}']").get_by_role("link", name="เพิ่มหลักฐาน").click()
            coordinator.upload("[name=uploads]", [{**photos()[0], "name": "ป้ายบนถนนช่อแฮ.jpg"}])
            coordinator.press("เพิ่ม", within="form.stack")
            coordinator.goto(f"/applications/{walk.application}/corrections/")
            coordinator.page.locator("textarea[name=reply]").fill("เพิ่มภาพถ่ายป้ายบนถนนช่อแฮทั้งสองฝั่งแล้ว")
            coordinator.press("บันทึกคำตอบ", within="main")
            head = walk.at(bangkok(2022, 3, 15, 9), "head.chohae")
            head.goto(f"/applications/{walk.application}/resubmit/")
            head.tick("ข้าพเจ้าได้อ่าน")
            head.press("ส่งใบสมัครอีกครั้ง", within="form.stack")
            head.sees("ส่งใบสมัครแล้ว", "สิ่งที่เปลี่ยนแปลงจากฉบับที่ส่งครั้งก่อน", "ป้ายบนถนนช่อแฮ.jpg")

            walk.at(bangkok(2022, 3, 16, 9), "officer")
            officer.goto(sheet)
            officer.sees("รายการที่แก้ไข", "เพิ่มภาพถ่ายป้ายบนถนนช่อแฮทั้งสองฝั่งแล้ว")
            officer.look("05-corrected")
            officer.press("ข้อที่เหลือในหมวดนี้ผ่านทั้งหมด")
            officer.press("สรุปผลการตรวจ", within=".head-actions")
            officer.page.locator("#finish input[value=READY]").press("Space")
            officer.press("บันทึกผล", within="#finish")
            coordinator.goto(f"/applications/{walk.application}/")
            coordinator.sees_not("พร้อมรับการประเมิน")  # held until it is released

            walk.at(bangkok(2022, 4, 29, 10), "officer")
            officer.goto("/assessment/readiness/")
            officer.press("กรมส่งเสริมการปกครองท้องถิ่น ทั้งหมด")
            officer.sees(CENTRE, "จังหวัดแพร่", "อำเภอเมืองแพร่")
            officer.look("05-readiness")
            officer.press("แจ้งผล 1 รายการ")
            coordinator.goto(f"/applications/{walk.application}/")
            coordinator.sees("พร้อมรับการประเมิน")
            for name in ("observer.phrae", "registrar.dla"):
                above = walk.cast(name)
                above.goto("/assessment/readiness/")
                above.page.locator("main table a").first.click()
                above.sees(CENTRE, "พร้อม", "รอรับทราบ")
                above.press("รับทราบ", within="main")
                above.sees("ท่านรับทราบแทนหน่วยงานแล้ว")
            walk.cast("observer.phrae").look("05-readiness-of-phrae")
            walk.cast("registrar.moi").goto(f"/assessment/screening/{walk.application}/", status=403)

    def test_6_assessment_and_decision(self, walk: Walk):
        with walk.step(6, bangkok(2022, 5, 2, 9)):
            officer = walk.cast("officer")
            officer.goto("/assessment/teams/")
            officer.press("ตั้งคณะ")
            for name, function in (
                ("นางรัตนา สมมติไทย", "ประธาน"),
                ("นายเกรียงไกร สมมติสุข", "อนุกรรมการผู้ทรงคุณวุฒิ"),
                ("นางสาวศิริพร สมมติพัฒน์", "อนุกรรมการผู้ทรงคุณวุฒิ"),
            ):
                officer.page.locator("#id_user").select_option(label=name)
                officer.page.locator("#id_function").select_option(label=function)
                officer.press("เพิ่ม", within="main")
            officer.look("06-team")
            officer.goto("/assessment/assignments/")
            officer.sees(CENTRE, "ไม่มีส่วนได้เสีย 2 จาก 3 คน")
            officer.press("มอบเรื่อง", within="form.stack")
            officer.goto("/assessment/cases/")
            officer.press(CENTRE)
            walk.case = officer.path.split("/")[-2]
            case = f"/assessment/cases/{walk.case}/"
            officer.goto(f"{case}interests/")
            officer.sees("ดำรงหรือเคยดำรงตำแหน่งในสายบังคับบัญชาเดียวกัน", "มีส่วนได้เสีย")

            # Whoever has a conflict meets nothing of it: no list, no search, no page.
            conflicted = walk.at(bangkok(2022, 5, 10, 9), "assessor3")
            for page in ("/", "/assessment/cases/", "/assessment/interests/", f"/search/?q={walk.case}"):
                conflicted.goto(page)
                conflicted.sees_not(CENTRE)
            conflicted.goto("/search/?q=ช่อแฮ")  # the office stands in the list of offices, as for everybody
            conflicted.sees_not(walk.application, walk.case)
            for page in (case, f"{case}marks/", f"{case}moderation/", f"{case}declare/", f"/cases/{walk.application}/"):
                conflicted.goto(page, status=404)

            marked = {}
            for name, choice in (("assessor1", -1), ("assessor2", -2)):
                assessor = walk.cast(name)
                assessor.goto(f"{case}marks/", status=403)  # nothing is shown before the declaration
                assessor.sees_not("หน่วยงานประเมินตนเอง")
                assessor.goto("/assessment/interests/")
                assessor.sees(CENTRE)
                if name == "assessor1":
                    assessor.look("06-interests")
                assessor.page.get_by_label("ไม่มีส่วนได้เสีย").press("Space")
                assessor.press("แจ้งส่วนได้เสีย", within="main form")
                marked[name] = give_marks(assessor, case, choice, look="06-marks" if name == "assessor1" else "")
                if name == "assessor1":
                    # Blind: her colleague's sheet is empty for her, and hers does not exist for him yet.
                    assessor.goto(f"{case}moderation/", status=409)
            assert marked["assessor1"] > 36
            walk.at(bangkok(2022, 6, 7, 10), "assessor1")
            chair = walk.cast("assessor1")
            chair.goto(f"{case}moderation/")
            chair.sees("นายเกรียงไกร สมมติสุข", "ต่างกัน")
            agree(chair)
            chair.sees("สรุปคะแนนและคำนวณผลแล้ว", "ผลตามคะแนน")
            chair.look("06-agreed")

            walk.at(bangkok(2022, 8, 8, 9), "officer")
            officer.goto("/assessment/meetings/")
            officer.press("นัดประชุม")
            officer.page.locator("#id_day").fill("2022-08-22")
            officer.page.locator("#id_time").fill("13:30")
            officer.fill("สถานที่", "ห้องประชุม 1 ทำเนียบรัฐบาล")
            officer.press("นัดประชุมคณะกรรมการ", within="form.stack")
            walk.meeting = officer.path.split("/")[-2]
            officer.press("บรรจุวาระ")
            members = [walk.cast(f"committee{number}") for number in (1, 2, 3)]
            for member in members:
                member.goto(f"/assessment/meetings/{walk.meeting}/")
                member.press("โปรดแจ้งส่วนได้เสียก่อน", within="main")
                member.page.get_by_label("ไม่มีส่วนได้เสีย").press("Space")
                member.press("แจ้งส่วนได้เสีย", within="main form")
            walk.at(bangkok(2022, 8, 22, 13, 40), "officer")
            officer.goto(f"/assessment/meetings/{walk.meeting}/")
            for member in ("นายสุรชัย สมมติชัย", "นางมาลัย สมมติกุล", "นายไพโรจน์ สมมติรักษ์"):
                officer.tick(member)
            officer.press("บันทึกผู้มาประชุม")
            officer.look("06-meeting")
            decider = members[0]
            decider.goto(f"/assessment/meetings/{walk.meeting}/")
            decider.press(CENTRE)
            decider.sees("ผลตามคะแนน", "ข้อที่คะแนนต่างกัน")
            decider.look("06-decide")
            decider.press("บันทึกมติ")
            decider.sees("มีมติแล้ว")
            coordinator = walk.cast("coordinator.chohae")
            for page in (f"/applications/{walk.application}/", f"/cases/{walk.application}/", "/messages/"):
                coordinator.goto(page)
                coordinator.sees_not("ได้รับการรับรองระดับ", "มติคณะกรรมการ")
            coordinator.goto(f"/assessment/results/{walk.application}/", status=404)

            walk.at(bangkok(2022, 9, 1, 9), "officer")
            officer.goto("/assessment/results/")
            officer.press("ประกาศผล 1 เรื่องเดี๋ยวนี้")
            coordinator.goto(f"/assessment/results/{walk.application}/")
            coordinator.sees("มติคณะกรรมการ", "วิธีคิดคะแนน")
            coordinator.look("06-result")

    def test_7_a_certificate_anybody_can_check(self, walk: Walk):
        with walk.step(7, bangkok(2022, 9, 1, 10)):
            officer = walk.cast("officer")
            officer.goto(f"/certificates/rounds/{walk.round}/")
            officer.press("ออกใบรับรอง 1 ฉบับ")
            officer.waits_for("1 จาก 1")
            officer.look("07-issued")
            walk.certificate = certificate_of(officer, CENTRE)
            officer.sees(CENTRE, "ใช้ได้", "31 สิงหาคม 2568", "กุญแจสาธิต")
            officer.look("07-certificate")
            paper = officer.download("ดาวน์โหลด PDF ที่ลงลายมือชื่อแล้ว")
            assert b"ETSI.CAdES.detached" in paper
            assert officer.page.locator("aside svg").count() > 0
            citizen = walk.cast("")
            citizen.goto(f"/v/{walk.certificate}/")
            citizen.sees("ใบรับรองนี้ใช้ได้", CENTRE, "31 สิงหาคม 2568", "ไม่ใช่ใบรับรองจริง")
            citizen.look("07-check-valid")
            # A telephone that scans the code on the paper opens this address; its signature is checked as well.
            citizen.goto("/v/")
            citizen.goto(f"/v/{walk.certificate}/#{code_on_paper(walk.house, walk.certificate)}")
            citizen.sees("รหัสบนใบรับรองเป็นของแท้")
            due = certificate_of(officer, EARLIER)
            expired = certificate_of(officer, "ศูนย์บริการประชาชนเทศบาลตำบลบ้านถิ่น")
            revoked = certificate_of(officer, "ศูนย์บริการประชาชนเทศบาลตำบลป่าแมต")
            officer.press("เพิกถอน")
            officer.tick("ศูนย์ไม่เป็นไปตามมาตรฐานแล้ว")
            officer.fill("เหตุผลโดยละเอียด", "ตรวจพบว่าย้ายที่ทำการและไม่มีจุดบริการแล้ว")
            officer.look("07-revoke")
            officer.press("เพิกถอนใบรับรอง", within="form.stack")
            for number, said, name in (
                (due, "ใบรับรองนี้ใช้ได้", "due"),
                (expired, "ใบรับรองนี้หมดอายุแล้ว", "expired"),
                (revoked, "ใบรับรองนี้ถูกเพิกถอนแล้ว", "revoked"),
            ):
                citizen.goto("/")
                citizen.fill("เลขที่ใบรับรอง", number.replace("-", " ").lower())
                citizen.press("ตรวจสอบ", within="main")
                citizen.sees(said)
                citizen.sees_not("ย้ายที่ทำการ")  # the public reads the reason in general terms only
                citizen.look(f"07-check-{name}")
            citizen.goto("/v/GECC-2565-ZZZZZZ/", status=404)
            citizen.sees("ไม่ใช่ใบรับรองที่เราออกให้", "สิ่งที่ท่านทำได้")
            citizen.look("07-check-unknown")
            coordinator = walk.cast("coordinator.chohae")
            coordinator.goto("/certificates/")
            coordinator.sees(walk.certificate)
            coordinator.sees_not(revoked)
            coordinator.goto(f"/certificates/{revoked}/", status=404)

    def test_8_the_register_lists_it(self, walk: Walk):
        with walk.step(8, bangkok(2022, 9, 1, 11)):
            citizen = walk.cast("")
            citizen.goto("/register/")
            citizen.look("08-register")
            citizen.page.locator("[name=q]").fill("ช่อแฮ")
            citizen.page.locator("[name=q]").press("Enter")
            citizen.sees(CENTRE, EARLIER, "ครบกำหนดต่ออายุ")
            citizen.sees_not("บ้านถิ่น")
            citizen.press(CENTRE)
            citizen.sees(walk.certificate, "ประวัติการรับรอง", "เทศบาลตำบลช่อแฮ")
            citizen.look("08-centre")
            citizen.goto("/register/map/")
            citizen.look("08-map")
            assert walk.certificate.encode() in citizen.fetch("/register/register.csv?q=ช่อแฮ")
            officer = walk.cast("officer")
            officer.goto("/certificates/cohort/?year=2565")
            officer.sees(EARLIER, "11 ก.ย. 2565")
            officer.look("08-cohort")

    def test_9_the_journal_proves_it(self, walk: Walk):
        with walk.step(9, bangkok(2022, 9, 2, 9)):
            auditor = walk.cast("auditor")
            auditor.goto(f"/journal/?subject={walk.application}")
            for event in ("started", "submitted", "returned_for_correction", "resubmitted", "readiness_recorded"):
                auditor.sees(f"application.{event}")
            auditor.sees("นายอนันต์ สมมติวงศ์", "หัวหน้าหน่วยงาน", "ส่งคืนให้แก้ไข", "บันทึกผลการพิจารณา")
            auditor.look("09-journal")
            auditor.goto(f"/journal/?subject={walk.case}")
            auditor.sees("แจ้งการมีส่วนได้เสีย", "ส่งคะแนน", "คณะมีมติคะแนน", "คณะกรรมการมีมติ")
            auditor.goto("/journal/")
            auditor.press("พิสูจน์ความครบถ้วน")
            auditor.sees("บันทึกเหตุการณ์ครบถ้วน")
            auditor.look("09-proof")
            proved = walk.house.console("verify-journal")
            assert proved.returncode == 0, proved.stdout + proved.stderr
            with sqlite3.connect(walk.house.data / "saduak.sqlite3") as database, pytest.raises(sqlite3.DatabaseError):
                database.execute("UPDATE journal_entry SET event = 'nothing.happened' WHERE id = 5")
            coordinator = walk.cast("coordinator.chohae")
            coordinator.goto("/journal/", status=403)
            coordinator.goto(f"/cases/{walk.application}/")
            coordinator.sees(walk.certificate, "ลำดับเหตุการณ์")
            coordinator.sees_not("นางรัตนา สมมติไทย")  # who marked is not the unit's to know
            coordinator.look("09-case-file")
            officer = walk.cast("officer")
            officer.goto("/")
            officer.look("09-home-of-officer")
            walk.cast("operator").goto(f"/cases/{walk.application}/", status=404)
            for person in walk.cast.there.values():
                assert not person.faults, person.faults
