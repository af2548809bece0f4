"""The columns of each kind of file: key → headings it may have. The first is the one of the template."""

from django.utils.translation import gettext_lazy as _

from saduak.people.models import Import, Kind
from saduak.people.roles import Role

_PLACE = {
    "address_th": ("ที่อยู่", "address"),
    "phone": ("โทรศัพท์", "phone", "telephone"),
    "email": ("อีเมล", "e-mail", "ไปรษณีย์อิเล็กทรอนิกส์"),
    "latitude": ("ละติจูด", "lat"),
    "longitude": ("ลองจิจูด", "lon", "lng"),
}

COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    Import.Kind.ORGANISATIONS: {
        "code": ("รหัส", "code"),
        "kind": ("ประเภท", "kind", "type"),
        "name_th": ("ชื่อภาษาไทย", "ชื่อ", "name"),
        "name_en": ("ชื่อภาษาอังกฤษ", "english name"),
        "parent": ("รหัสหน่วยงานเหนือขึ้นไป", "parent code"),
        "province_code": ("รหัสจังหวัด", "province"),
        "district_code": ("รหัสอำเภอ", "district"),
        "letter_prefix": ("รหัสหนังสือ", "letter code"),
        "head_title_th": ("ตำแหน่งหัวหน้าหน่วยงาน", "title of the head"),
        **_PLACE,
        "opened_on": ("ตั้งขึ้นเมื่อ", "opened"),
    },
    Import.Kind.CENTRES: {
        "parent": ("รหัสหน่วยงานเจ้าของ", "office code"),
        "name_th": ("ชื่อศูนย์ภาษาไทย", "ชื่อศูนย์", "name"),
        "name_en": ("ชื่อศูนย์ภาษาอังกฤษ", "english name"),
        "code": ("รหัสศูนย์", "centre code"),
        **_PLACE,
        "opened_on": ("เปิดบริการเมื่อ", "opened"),
    },
    Import.Kind.PEOPLE: {
        "email": ("อีเมล", "e-mail"),
        "name_th": ("ชื่อและนามสกุล", "ชื่อ-นามสกุล", "name"),
        "name_en": ("ชื่อภาษาอังกฤษ", "english name"),
        "organisation": ("รหัสหน่วยงาน", "organisation code"),
        "role": ("หน้าที่", "role"),
        "subtree": ("รวมหน่วยงานใต้สังกัด", "also below"),
        "starts_on": ("ตั้งแต่วันที่", "from"),
        "ends_on": ("ถึงวันที่", "until"),
    },
}

NEEDED: dict[str, tuple[str, ...]] = {
    Import.Kind.ORGANISATIONS: ("code", "kind", "name_th", "parent"),
    Import.Kind.CENTRES: ("parent", "name_th"),
    Import.Kind.PEOPLE: ("email", "organisation", "role"),
}

# Words by which a kind or a role may be written, besides its code.
KIND_WORDS: dict[str, tuple[str, ...]] = {
    Kind.SECRETARIAT: ("สำนักงานผู้ดูแลโครงการ", "secretariat"),
    Kind.MINISTRY: ("กระทรวง", "ministry"),
    Kind.DEPARTMENT: ("กรม", "department"),
    Kind.STATE_ENTERPRISE: ("รัฐวิสาหกิจ", "state enterprise"),
    Kind.PROVINCE: ("จังหวัด", "province"),
    Kind.DISTRICT: ("อำเภอ", "เขต", "district"),
    Kind.LOCAL_BODY: ("องค์กรปกครองส่วนท้องถิ่น", "อปท.", "อปท", "local body"),
    Kind.CENTRE: ("ศูนย์บริการ", "ศูนย์", "service centre", "centre"),
}
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    Role.OFFICER: ("เจ้าหน้าที่โครงการ", "officer"),
    Role.ASSESSOR: ("ผู้ตรวจประเมิน", "ผู้ประเมิน", "assessor"),
    Role.COMMITTEE: ("กรรมการ", "committee member"),
    Role.AUDITOR: ("ผู้ตรวจสอบ", "auditor"),
    Role.OPERATOR: ("ผู้ดูแลระบบ", "operator"),
    Role.REGISTRAR: ("งานสารบรรณ", "เจ้าหน้าที่สารบรรณ", "registrar"),
    Role.COORDINATOR: ("ผู้ประสานงาน", "coordinator"),
    Role.HEAD: ("หัวหน้าหน่วยงาน", "head"),
    Role.OBSERVER: ("ผู้ติดตาม", "observer"),
}

LABELS = {
    "code": _("code"),
    "kind": _("kind"),
    "name_th": _("name in Thai"),
    "name_en": _("name in English"),
    "parent": _("office above"),
    "province_code": _("code of the province"),
    "district_code": _("code of the district"),
    "letter_prefix": _("code of letters"),
    "head_title_th": _("title of the head"),
    "address_th": _("address"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "opened_on": _("opened on"),
    "organisation": _("organisation"),
    "role": _("role"),
    "subtree": _("also below"),
    "starts_on": _("from"),
    "ends_on": _("last day"),
}


def label(key: str) -> str:
    """What a column is called in the reader's language."""
    return str(LABELS[key])


def code_of(words: dict[str, tuple[str, ...]], text: str) -> str:
    """The code that a word or a code itself means; "" when none."""
    plain = " ".join(text.split()).casefold()
    for code, known in words.items():
        if plain == code.casefold() or plain in (word.casefold() for word in known):
            return code
    return ""
