"""Who asks, what they send, and which addresses are not ours."""

PEOPLE = (
    "visitor", "retired", "stranger",
    "colleague", "head", "registrar_body",
    "registrar_province", "observer_province", "observer_other",
    "officer", "assessor1", "assessor2",  # the second one comes from the province: a conflict
    "committee1", "auditor", "operator",
)  # fmt: skip
# Whoever has nothing to do with the centre of the house, the last for a conflict or for a post that ended.
FOREIGN = ("stranger", "observer_other", "assessor2", "retired")
# Addresses of allauth: they know no thing of ours, only the person who is signed in (test_sessions.py).
OF_OTHERS = ("account", "mfa", "reauth")
# Plausible values for the fields of all forms, so that a POST gets past the first check.
BODY = {
    "text": "ทดสอบ", "note": "ทดสอบ", "reason": "ทดสอบ", "remark": "ทดสอบ", "reply": "ทดสอบ", "remedy": "ทดสอบ", "title": "ทดสอบ", "shows": "ทดสอบ",
    "name_th": "ศูนย์ใหม่", "email": "new@example.go.th", "role": "COORDINATOR", "starts_on": "2022-09-01", "on": "2022-09-30", "due_on": "2022-10-30",
    "round": "GECC-2565", "centre": "C-TEST22", "parent": "L-540101", "office": "L-540101", "code": "DLA", "level": "basic", "result": "READY", "choice": "basic",
    "valid_from": "2022-09-01", "kind": "NONE", "conflict": "1", "function": "EXPERT", "confirm": "1", "sure": "1", "expected": "1", "case": "x",
    "present": "x", "language": "th", "next": "/", "link": "https://example.go.th/", "endorse": "1", "held_at": "2022-09-20T09:00", "place": "18.14459, 100.14028",
    "value-c01": "1", "hours": "x", "day": "2022-09-20", "time": "09:00", "quorum": "2", "subject": "ทดสอบ", "paragraphs": "ทดสอบ", "signatory": "x", "position": "x",
}  # fmt: skip
