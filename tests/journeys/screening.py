"""Step 5: the desk check, one return and the corrected form, readiness told at one moment."""

from saduak.kernel.clock import bangkok

from .applying import photos, saved
from .walk import CENTRE, Walk


def send_back(walk: Walk) -> None:
    """Everything met but one item, which goes back with its remark."""
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
    walk.item = item = officer.page.locator(".judge").nth(2).get_attribute("id").removeprefix("item-")
    officer.page.locator(f"[name='verdict-{item}'][value=NOT_MET]").press("Space")
    officer.page.locator(f"#kind-{item}").select_option(label="ไม่ครบถ้วน")
    officer.page.locator(f"#remark-{item}").fill("ขอภาพถ่ายป้ายบอกทางจากถนนใหญ่เพิ่มเติม")
    saved(officer)
    officer.press("สรุปผลการตรวจ", within=".head-actions")
    officer.sees("ขอภาพถ่ายป้ายบอกทางจากถนนใหญ่เพิ่มเติม")
    officer.page.locator("#id_due_on").fill("2022-03-25")
    officer.press("ส่งคืนหน่วยงาน")
    officer.sees("ส่งใบสมัครคืนหน่วยงานเพื่อแก้ไขแล้ว")


def correct(walk: Walk) -> None:
    """The unit adds what was wanted and answers; its head hands in again."""
    coordinator = walk.at(bangkok(2022, 3, 14, 10), "coordinator.chohae")
    coordinator.goto("/")
    coordinator.press(CENTRE, within="main")
    coordinator.press("ดูข้อสังเกต")
    coordinator.sees("ขอภาพถ่ายป้ายบอกทางจากถนนใหญ่เพิ่มเติม", "25 มีนาคม 2565")
    coordinator.look("05-remarks")
    coordinator.press("ไปแก้ไขข้อนี้", within="main")
    coordinator.page.locator(f"[id='{walk.item}']").get_by_role("link", name="เพิ่มหลักฐาน").click()
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


def conclude(walk: Walk) -> None:
    """What changed comes first; the result is held."""
    coordinator = walk.cast("coordinator.chohae")
    officer = walk.at(bangkok(2022, 3, 16, 9), "officer")
    sheet = f"/assessment/screening/{walk.application}/"
    officer.goto(sheet)
    officer.sees("รายการที่แก้ไข", "เพิ่มภาพถ่ายป้ายบนถนนช่อแฮทั้งสองฝั่งแล้ว")
    officer.look("05-corrected")
    officer.press("ข้อที่เหลือในหมวดนี้ผ่านทั้งหมด")
    officer.press("สรุปผลการตรวจ", within=".head-actions")
    officer.page.locator("#finish input[value=READY]").press("Space")
    officer.press("บันทึกผล", within="#finish")
    coordinator.goto(f"/applications/{walk.application}/")
    coordinator.sees_not("พร้อมรับการประเมิน")  # held until it is released


def release(walk: Walk) -> None:
    """Told to the unit and to the bodies above, which take note."""
    coordinator = walk.cast("coordinator.chohae")
    officer = walk.at(bangkok(2022, 4, 29, 10), "officer")
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
