"""What every office on a circular's way does: take it in, pass it on."""

from .walker import Walker


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


def pass_on(sender: Walker, kinds: list[str], look: str = "") -> str:
    """From the draft to the last addressee; kinds of office, or those directly below when none is named. Returns the
    code of the circular."""
    if not sender.page.get_by_label("ชื่อผู้ลงนาม").input_value():
        sender.fill("ชื่อผู้ลงนาม", "นายสมมติ ลงนามแทน")
    if kinds:
        sender.tick("ทุกหน่วยงานใต้สังกัดตามประเภท")
        fold = sender.page.locator("details", has=sender.page.locator("[name=kinds]"))
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        for box in sender.page.locator("[name=kinds]").all():
            label = sender.page.locator(f"label[for={box.get_attribute('id')}]").inner_text()
            sender.set(box, label.split(" (")[0].strip() in kinds)
    else:
        sender.tick("หน่วยงานใต้สังกัดโดยตรง")
    sender.press("ต่อไป: ตรวจว่าหนังสือถึงใคร")
    sender.sees("หนังสือจะถึงใคร", "ทำได้ทันกำหนดหรือไม่")
    if look:
        sender.look(look)
    sender.press("ออกเลขและส่ง")
    sender.sees("ออกเลขหนังสือแล้ว")
    sender.waits_for("ส่งครบทุกหน่วยงานแล้วเมื่อ")
    return sender.path.split("/")[-2]
