"""Data for every template, as the apps above give it. People are invented; offices carry their real names."""

from typing import Any

LETTER: dict[str, Any] = {
    "urgency": "ด่วนที่สุด",
    "number": "มท ๐๘๑๐.๗/ว ๓๑๕๓",
    "agency": ["กรมส่งเสริมการปกครองท้องถิ่น", "ถนนนครราชสีมา เขตดุสิต กทม. ๑๐๓๐๐"],
    "date": "๒๙ ธันวาคม ๒๕๖๔",
    "subject": "ขอเชิญสมัครเพื่อขอรับการรับรองมาตรฐานการให้บริการของศูนย์ราชการสะดวก (GECC)",
    "addressee": "ผู้ว่าราชการจังหวัด ทุกจังหวัด",
    "references": ["หนังสือกระทรวงมหาดไทย ที่ มท ๐๒๑๘/ว ๗๕๑๖ ลงวันที่ ๒๓ ธันวาคม ๒๕๖๔"],
    "enclosures": [{"text": "หลักเกณฑ์ และวิธีการประเมินมาตรฐานศูนย์ราชการสะดวก", "amount": "จำนวน ๑ ชุด"}],
    "paragraphs": ["ด้วยกรมส่งเสริมการปกครองท้องถิ่นได้รับแจ้งจากกระทรวงมหาดไทยว่า ที่ ปั้น น้ำ ผู้ ญี่ ฐุ"],
    "actions": [
        {"number": "๑.", "text": "ประชาสัมพันธ์เชิญชวนองค์กรปกครองส่วนท้องถิ่นสมัคร ตั้งแต่วันที่ ๑ มกราคม - ๒๘ กุมภาพันธ์ ๒๕๖๕"},
        {"number": "๒.", "text": "ตอบแบบสำรวจภายในวันที่ ๓๑ มกราคม ๒๕๖๕"},
    ],
    "closing_paragraphs": ["จึงเรียนมาเพื่อโปรดพิจารณา"],
    "signatory": {"name": "นายสมมุติ ตัวอย่างดี", "position": ["รองอธิบดี ปฏิบัติราชการแทน", "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น"]},
    "contact": ["กองพัฒนาและส่งเสริมการบริหารงานท้องถิ่น", "โทร. ๐ ๒๐๐๐ ๐๐๐๐"],
    "qr": "https://saduak.example.go.th/l/nqtc7",
    "qr_caption": "saduak.example.go.th/l/nqtc7",
    "demonstration": True,
}
MEMO: dict[str, Any] = {**LETTER, "agency": "สำนักงานปลัดกระทรวง โทร. ๐ ๒๐๐๐ ๐๐๐๐", "contact": []}
STAMPED: dict[str, Any] = {**LETTER, "agency": ["กรมตัวอย่าง"]}
RECEIPT: dict[str, Any] = {
    "number": "R-2565-000123",
    "centre": "ศูนย์บริการประชาชนแบบเบ็ดเสร็จ ที่ว่าการอำเภอเมืองแพร่",
    "organisation": "กรมการปกครอง กระทรวงมหาดไทย",
    "round": "การรับรองมาตรฐานศูนย์ราชการสะดวก ประจำปีงบประมาณ พ.ศ. ๒๕๖๕",
    "submitted_at": "๒๑ กุมภาพันธ์ ๒๕๖๕ เวลา ๑๔.๓๒.๐๗ น.",
    "submitted_by": "นางสาวมาลี แก้วตัวอย่าง",
    "role": "หัวหน้าหน่วยงาน",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "parts": [{"label": "เกณฑ์ที่ตอบแล้ว", "count": "๕๐ จาก ๕๐ ข้อ"}, {"label": "หลักฐานแนบ", "count": 42}],
    "issuer": "สำนักงานปลัดสำนักนายกรัฐมนตรี",
    "url": "https://saduak.example.go.th/r/7K4M9PQ2",
    "qr": "https://saduak.example.go.th/r/7K4M9PQ2",
    "demonstration": True,
}
CERTIFICATE: dict[str, Any] = {
    "title": {"th": "ใบรับรองมาตรฐานศูนย์ราชการสะดวก", "en": "Government Easy Contact Center Certificate"},
    "statement": {"th": "ผ่านการรับรองมาตรฐานการให้บริการของศูนย์ราชการสะดวก", "en": "has met the GECC standard"},
    "centre": {"th": "ศูนย์บริการประชาชนแบบเบ็ดเสร็จ ที่ว่าการอำเภอเมืองแพร่", "en": "One-Stop Service Centre"},
    "organisation": {"th": "กรมการปกครอง กระทรวงมหาดไทย", "en": "Ministry of Interior"},
    "level": {"th": "ระดับเป็นเลิศ", "en": "Excellent"},
    "round": {"th": "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "en": "Fiscal year 2022"},
    "number": "GECC-2565-7K4M9",
    "valid_from": {"th": "๑ ตุลาคม ๒๕๖๕", "en": "1 October 2022"},
    "valid_to": {"th": "๓๐ กันยายน ๒๕๖๘", "en": "30 September 2025"},
    "issuer": {"th": "สำนักงานปลัดสำนักนายกรัฐมนตรี", "en": "Office of the Permanent Secretary"},
    "signatory": {
        "name": {"th": "นายสมมุติ ตัวอย่างดี", "en": "Mr Sommut Tuayangdee"},
        "position": {"th": "ปลัดสำนักนายกรัฐมนตรี", "en": "Permanent Secretary"},
    },
    "url": "https://saduak.example.go.th/v/GECC-2565-7K4M9",
    "qr": "https://saduak.example.go.th/v/GECC-2565-7K4M9",
    "demonstration": True,
}
REGISTER: dict[str, Any] = {
    "title": "ทะเบียนหนังสือรับ",
    "organisation": "จังหวัดแพร่",
    "year": "พ.ศ. ๒๕๖๕",
    "rows": [
        {
            "registered": "๑๔๒๑๖",
            "number": "มท ๐๒๑๘/ว ๗๕๑๖",
            "dated": "๒๓ ธ.ค. ๖๔",
            "from": "กระทรวงมหาดไทย",
            "to": "ผู้ว่าราชการจังหวัดแพร่",
            "subject": "การขอรับการรับรองมาตรฐานการให้บริการของศูนย์ราชการสะดวก",
            "action": "ส่งต่อทุกอำเภอ",
            "remark": "ด่วนที่สุด",
        }
    ]
    * 30,
}
ALL = {
    "letter": LETTER,
    "memo": MEMO,
    "stamped_letter": STAMPED,
    "receipt": RECEIPT,
    "certificate": CERTIFICATE,
    "register": REGISTER,
}
