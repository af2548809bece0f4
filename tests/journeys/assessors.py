"""What assessors do: fill their sheet, hand it in, agree."""

from .walker import Walker

REASON = "พิจารณาหลักฐานร่วมกันแล้ว เห็นควรให้คะแนนตามสภาพที่ตรวจพบ ณ สถานที่จริง"


def give_marks(assessor: Walker, case: str, choice: int, look: str = "") -> int:
    """Every mark of the sheet by the keyboard: the gate met, elsewhere the score at this place from the end of the scale;
    then the sheet is handed in. Returns how many were given.
    """
    given = 0
    assessor.goto(f"{case}marks/")
    assessor.page.locator(".tasks a").first.click()
    while not assessor.path.endswith("/marks/"):
        page = assessor.path
        for group in assessor.page.locator(".judge-marks .seg").all():
            options = group.locator("input")
            assessor.set(options.first if options.first.get_attribute("value") == "yes" else options.nth(options.count() + choice))
            given += 1
        for box in assessor.page.locator(".judge-marks input[inputmode=decimal]").all():
            box.fill("6" if choice == -1 else "4")
            given += 1
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


def agree(chair: Walker) -> None:
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
