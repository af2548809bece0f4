"""How one comes by a certificate: the office's page of it, and the code on the paper."""

from typing import Any

from .walker import Walker


def certificate_of(officer: Walker, centre: str) -> str:
    """Open the certificate of this centre from the list; returns its number."""
    officer.goto("/certificates/")
    officer.page.locator("[name=q]").fill(centre)
    officer.press("แสดง", within="main")
    officer.page.locator("main table a.code-number").first.click()
    officer.sees(centre, "ข้อมูลใบรับรอง")
    return officer.path.rstrip("/").rpartition("/")[2]


def code_on_paper(house: Any, number: str) -> str:
    """What the QR code of the certificate holds. Telephones read it off the paper; here it comes from the console."""
    asked = f"from saduak.certificates.models import Certificate as C; print(C.objects.get(number='{number}').credential)"
    told = house.console("shell", "--no-imports", "-c", asked)
    assert told.returncode == 0, told.stderr
    return told.stdout.split()[-1]
