"""The real tree of the demonstration: ministries, departments, every province and district, Phrae with its local bodies.

Provinces and districts come from the package geothai; the line of command follows ADR 0002. Bangkok has districts but
no governor under the department, and stands with the provinces.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import geothai
import yaml

from saduak.people.models import Kind

DATA = Path(__file__).parent / "data"
PHRAE = "54"
Row = dict[str, Any]


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def rows() -> Iterator[Row]:
    """Organisations, parents before children, as `people.commands.grow_tree` takes them."""
    yield {
        "code": "OPM", "parent": None, "kind": Kind.SECRETARIAT, "name_th": "สำนักงานปลัดสำนักนายกรัฐมนตรี",
        "name_en": "Office of the Permanent Secretary, Prime Minister’s Office", "letter_prefix": "นร 0106",
        "head_title_th": "ปลัดสำนักนายกรัฐมนตรี", "address_th": "ทำเนียบรัฐบาล กรุงเทพมหานคร", "province_code": "10",
        "phone": "0 5555 0100", "email": "saraban.opm@example.go.th",
    }  # fmt: skip
    letters = _read("provinces.yaml")
    for row in chain(
        _ministries(), *(_province(one, letters[one.code]) for one in geothai.provinces()), _phrae(letters[PHRAE])
    ):
        # Invented, as everything by which somebody could really be reached: no such exchange and no such domain exist.
        yield row | {"phone": "0 5555 0100", "email": f"saraban.{row['code'].lower()}@example.go.th"}
    yield from _service_points()


def _ministries() -> Iterator[Row]:
    for ministry in _read("ministries.yaml"):
        yield {
            "code": ministry["code"], "parent": "OPM", "kind": Kind.MINISTRY, "name_th": ministry["th"], "name_en": ministry["en"],
            "letter_prefix": ministry["prefix"], "head_title_th": f"ปลัด{ministry['th']}", "province_code": "10",
        }  # fmt: skip
        for department in ministry["departments"]:
            kind = Kind(department.get("kind", Kind.DEPARTMENT))
            yield {
                "code": department["code"], "parent": ministry["code"], "kind": kind, "name_th": department["th"],
                "name_en": department["en"], "letter_prefix": department["prefix"], "province_code": "10",
                "head_title_th": f"อธิบดี{department['th']}" if kind == Kind.DEPARTMENT else f"ผู้ว่าการ{department['th']}",
            }  # fmt: skip


def _province(province: Any, letters: str) -> Iterator[Row]:
    name = province.name_th if province.code == "10" else f"จังหวัด{province.name_th}"
    code = f"TH-{province.code}"
    yield {
        "code": code, "parent": "DLA", "kind": Kind.PROVINCE, "name_th": name, "name_en": f"{province.name_en} Province" if province.code != "10" else "Bangkok",
        "letter_prefix": f"{letters} 0023.7", "head_title_th": f"ผู้ว่าราชการ{name}", "address_th": f"ศาลากลาง{name}", "province_code": province.code,
    }  # fmt: skip
    for number, district in enumerate(geothai.districts(province.code), 1):
        word = "เขต" if province.code == "10" else "อำเภอ"
        yield {
            "code": f"TH-{district.code}", "parent": code, "kind": Kind.DISTRICT, "name_th": f"{word}{district.name_th}",
            "name_en": f"{district.name_en} District", "letter_prefix": f"{letters} 01{number:02}", "head_title_th": f"นาย{word}{district.name_th}",
            "province_code": province.code, "district_code": district.code,
        }  # fmt: skip


def _phrae(letters: str) -> Iterator[Row]:
    bodies = _read("phrae.yaml")
    districts = {district.name_th: district.code for district in geothai.districts(PHRAE)}
    for number, (thai, english) in enumerate(bodies["เมือง"], 1):
        yield _body(f"L-{PHRAE}00{number:02}", f"TH-{PHRAE}", thai, english, f"{letters} 51{number:03}", "")
    for district, kinds in bodies["อำเภอ"].items():
        number = 0
        for kind, names in kinds.items():
            suffix = "Subdistrict Municipality" if kind == "เทศบาลตำบล" else "Subdistrict Administrative Organization"
            for thai, english in names:
                number += 1
                code = districts[district]
                yield _body(
                    f"L-{code}{number:02}",
                    f"TH-{code}",
                    f"{kind}{thai}",
                    f"{english} {suffix}",
                    f"{letters} 5{code[2:]}{number:02}",
                    code,
                )


def _body(code: str, parent: str, thai: str, english: str, prefix: str, district: str) -> Row:
    head = f"นายก{thai}"
    return {
        "code": code, "parent": parent, "kind": Kind.LOCAL_BODY, "name_th": thai, "name_en": english, "letter_prefix": prefix,
        "head_title_th": head, "province_code": PHRAE, "district_code": district, "address_th": f"ที่ทำการ{thai} จังหวัดแพร่",
    }  # fmt: skip


# Offices of departments that serve the public; each becomes a centre in some provinces.
SERVICE_POINTS = [
    ("DOL", "สำนักงานที่ดินจังหวัด{}", "{} Provincial Land Office"),
    ("DLT", "สำนักงานขนส่งจังหวัด{}", "{} Provincial Transport Office"),
    ("PEA", "การไฟฟ้าส่วนภูมิภาคจังหวัด{}", "Provincial Electricity Authority, {}"),
    ("PWA", "การประปาส่วนภูมิภาคสาขา{}", "Provincial Waterworks Authority, {} Branch"),
    ("DOE", "สำนักงานจัดหางานจังหวัด{}", "{} Provincial Employment Office"),
    ("SSO", "สำนักงานประกันสังคมจังหวัด{}", "{} Provincial Social Security Office"),
]
PROVINCES_WITH_POINTS = ("54", "55", "50", "52", "40", "30", "90", "83")


def _service_points() -> Iterator[Row]:
    names = {province.code: province for province in geothai.provinces()}
    for department, thai, english in SERVICE_POINTS:
        for code in PROVINCES_WITH_POINTS:
            province = names[code]
            yield {
                "code": f"C-{department}{code}", "parent": department, "kind": Kind.CENTRE,
                "name_th": thai.format(province.name_th), "name_en": english.format(province.name_en), "province_code": code,
                "address_th": f"อำเภอเมือง{province.name_th} จังหวัด{province.name_th}",
            }  # fmt: skip
