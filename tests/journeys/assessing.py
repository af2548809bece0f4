"""Step 6: a team, interests, blind marks, one agreed mark, the committee's decision, the release."""

from saduak.kernel.clock import bangkok

from .walk import CENTRE, Walk
from .walker import Walker

REASON = "พิจารณาหลักฐานร่วมกันแล้ว เห็นควรให้คะแนนตามสภาพที่ตรวจพบ ณ สถานที่จริง"


def form_a_team(walk: Walk) -> None:
    """Three people, one of whom has an interest; the case is given to them all the same, as two remain."""
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


def hide_from_the_conflicted(walk: Walk) -> None:
    """Whoever has a conflict meets nothing of it: no list, no search, no page."""
    case = f"/assessment/cases/{walk.case}/"
    conflicted = walk.at(bangkok(2022, 5, 10, 9), "assessor3")
    for page in ("/", "/assessment/cases/", "/assessment/interests/", f"/search/?q={walk.case}"):
        conflicted.goto(page)
        conflicted.sees_not(CENTRE)
    conflicted.goto("/search/?q=ช่อแฮ")  # the office stands in the list of offices, as for everybody
    conflicted.sees_not(walk.application, walk.case)
    for page in (case, f"{case}marks/", f"{case}moderation/", f"{case}declare/", f"/cases/{walk.application}/"):
        conflicted.goto(page, status=404)


def mark_blind(walk: Walk) -> None:
    """Each declares, marks and hands in without seeing the other."""
    case = f"/assessment/cases/{walk.case}/"
    marked = {}
    for name, lower in (("assessor1", 5), ("assessor2", 7)):
        assessor = walk.cast(name)
        assessor.goto(f"{case}marks/", status=403)  # nothing is shown before the declaration
        assessor.sees_not("หน่วยงานประเมินตนเอง")
        assessor.goto("/assessment/interests/")
        assessor.sees(CENTRE)
        if name == "assessor1":
            assessor.look("06-interests")
        assessor.page.get_by_label("ไม่มีส่วนได้เสีย").press("Space")
        assessor.press("แจ้งส่วนได้เสีย", within="main form")
        marked[name] = give_marks(assessor, case, lower, look="06-marks" if name == "assessor1" else "")
        if name == "assessor1":
            # Blind: her colleague's sheet is empty for her, and hers does not exist for him yet.
            assessor.goto(f"{case}moderation/", status=409)
    assert marked["assessor1"] > 36


def agree_on_marks(walk: Walk) -> None:
    """The chair records one mark where they differ, with the reason; the level is computed."""
    case = f"/assessment/cases/{walk.case}/"
    chair = walk.at(bangkok(2022, 6, 7, 10), "assessor1")
    chair.goto(f"{case}moderation/")
    chair.sees("นายเกรียงไกร สมมติสุข", "ต่างกัน")
    record_agreement(chair)
    chair.sees("สรุปคะแนนและคำนวณผลแล้ว", "ผลตามคะแนน")
    chair.look("06-agreed")


def call_the_committee(walk: Walk) -> None:
    """A meeting with the case on its agenda; every member declares."""
    officer = walk.at(bangkok(2022, 8, 8, 9), "officer")
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


def decide(walk: Walk) -> None:
    """With a quorum; the unit learns nothing of it."""
    officer = walk.at(bangkok(2022, 8, 22, 13, 40), "officer")
    officer.goto(f"/assessment/meetings/{walk.meeting}/")
    for member in ("นายสุรชัย สมมติชัย", "นางมาลัย สมมติกุล", "นายไพโรจน์ สมมติรักษ์"):
        officer.tick(member)
    officer.press("บันทึกผู้มาประชุม")
    officer.look("06-meeting")
    decider = walk.cast("committee1")
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


def announce(walk: Walk) -> None:
    """At one moment."""
    coordinator = walk.cast("coordinator.chohae")
    officer = walk.at(bangkok(2022, 9, 1, 9), "officer")
    officer.goto("/assessment/results/")
    officer.press("ประกาศผล 1 เรื่องเดี๋ยวนี้")
    coordinator.goto(f"/assessment/results/{walk.application}/")
    coordinator.sees("มติคณะกรรมการ", "วิธีคิดคะแนน")
    coordinator.look("06-result")


def give_marks(assessor: Walker, case: str, lower: int, look: str = "") -> int:
    """Every mark of the sheet by the keyboard: the gate met, elsewhere the highest score, save for each `lower`-th item,
    which gets the one below; then the sheet is handed in. Returns how many were given.
    """
    given = 0
    assessor.goto(f"{case}marks/")
    assessor.page.locator(".tasks a").first.click()
    while not assessor.path.endswith("/marks/"):
        page = assessor.path
        for group in assessor.page.locator(".judge-marks .seg").all():
            options = group.locator("input")
            given += 1
            best = options.count() - 1 if given % lower else options.count() - 2
            assessor.set(options.nth(0 if options.first.get_attribute("value") == "yes" else best))
        for box in assessor.page.locator(".judge-marks input[inputmode=decimal]").all():
            given += 1
            box.fill("6" if given % lower else "4")
        assessor.page.locator(".judge-marks textarea").first.fill("ตรวจ ณ สถานที่จริงแล้ว")
        if look:
            assessor.look(look)
            look = ""
        onward = assessor.may_press("บันทึกและไปหน้าถัดไป")
        assessor.press("บันทึกและไปหน้าถัดไป" if onward else "บันทึกและกลับไปหน้าสรุป")
        assert assessor.path != page
    assessor.press("ส่งแบบให้คะแนน", within="main")
    assessor.press("ส่งแบบให้คะแนน", within="form.stack")
    assessor.sees("ส่งแบบให้คะแนนแล้ว")
    return given


def record_agreement(chair: Walker) -> None:
    """The higher mark where they differ, with a reason; who was there; then the team closes."""
    for row in chair.page.locator(".compare-differs").all():
        options = row.locator(".compare-agreed .seg input")
        if options.count():
            chair.set(options.last)
        else:
            row.locator(".compare-agreed input[inputmode=decimal]").fill("5")
        row.locator(".compare-agreed textarea").fill(REASON)
    for box in chair.page.locator("#presence [name^=present-]").all():
        chair.set(box)
    chair.look("06-moderation")
    chair.press("คณะเห็นชอบ: ปิดการสรุปและคำนวณผล")
