"""Messages as XML: what goes out comes in again, and what is no message is refused with a sentence."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.saraban.exchange import (
    Binary,
    CorrespondenceLetter,
    Message,
    Notice,
    NoticeKind,
    Party,
    Reference,
    UnreadableMessage,
    read,
    write,
)
from saduak.saraban.exchange.model import normal
from saduak.thai.dates import BANGKOK

LETTER = CorrespondenceLetter(
    number="มท ๐๘๑๐.๗/ว ๓๑๕๓",
    date=dt.date(2021, 12, 29),
    subject="การประเมิน <ศูนย์ราชการสะดวก> & {{ x }}",
    sender=Party("15008", "15", "สมชาย", "ตัวอย่าง", "อธิบดี"),
    receiver=Party("15054", "15", job_title="ผู้ว่าราชการจังหวัด"),
    urgency="ด่วนที่สุด",
    references=(Reference("มท 0201/ว 7516", dt.date(2021, 12, 23), "เดิม"), Reference("ที่ 2", None)),
    enclosures=("สำเนาหนังสือ จำนวน 1 ฉบับ", "แบบตอบรับ จำนวน 1 ชุด"),
    sent_at=dt.datetime(2021, 12, 29, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    description="เพื่อพิจารณา",
    main=Binary(b"%PDF-1.7 \x00\xff", "application/pdf", "หนังสือ.pdf"),
    attachments=(Binary(b"", "text/plain", "ว่าง.txt"), Binary(b"PK", "application/zip")),
)
NOTICE = Notice(
    NoticeKind.ACCEPTED, LETTER.number, LETTER.date, "เรื่อง", "๔๗๖/๖๕", LETTER.sent_at, "15054", "ไม่ใช่ของหน่วยงานนี้"
)


def test_a_letter_comes_back_as_it_went():
    message = Message("urn:saduak:D-1", "15054", LETTER)
    assert read(write(message, extended=True)) == message


def test_the_public_form_carries_no_names_of_files():
    plain = write(Message("1", "15054", LETTER))
    assert b"saduak" not in plain
    found = read(plain).content
    assert [file.content for file in found.attachments] == [b"", b"PK"]
    assert {file.name for file in (found.main, *found.attachments)} == {""}
    assert replace(found, main=LETTER.main, attachments=LETTER.attachments) == LETTER


def test_elements_stand_in_the_order_that_public_clients_send():
    sent = write(Message("1", "x", LETTER)).decode()
    names = [
        "SOAP-ENV:Header", "wsa:MessageID", "wsa:To", "SOAP-ENV:Body ID=\"Body\"", "CorrespondenceLetterOutboundRequest",
        "rsm:GovernmentDocument", "ram:CorrespondenceLetter ID=\"Letter\"", "ram:ID", "ram:CorrespondenceDate", "ram:Subject", "ram:SecretCode",
        "ram:SpeedCode", "ram:SenderParty", "ram:ReceiverParty", "ram:ReferenceCorrespondence", "ram:Attachment", "ram:SendDate",
        "ram:Description", "ram:MainLetterBinaryObject mimeCode=\"application/pdf\"", "ram:AttachmentBinaryObject",
    ]  # fmt: skip
    places = [sent.index(f"<{name}") for name in names]
    assert places == sorted(places)
    assert "urn:th:gov:egif:data:standard:GovernmentDocument:1.0" in sent


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_notice_comes_back(kind):
    number = NOTICE.accept_number if kind in (NoticeKind.ACCEPTED, NoticeKind.WRONG_ACCEPT_NUMBER) else ""
    notice = replace(NOTICE, kind=kind, accept_number=number)
    assert read(write(Message("2", "15008", notice), extended=True)).content == notice
    plain = read(write(Message("2", "15008", notice))).content
    assert plain == replace(notice, accepted_at=None, department="", reason="")


TEXT = st.text(max_size=30).map(normal)
LINE = st.text(max_size=30).map(lambda text: " ".join(normal(text).split()))
FILES = st.builds(Binary, st.binary(max_size=50), LINE, LINE)
PARTIES = st.builds(Party, TEXT, TEXT, TEXT, TEXT, TEXT)
REFERENCES = st.builds(Reference, TEXT, st.none() | st.dates(), TEXT)
LETTERS = st.builds(
    CorrespondenceLetter,
    number=TEXT.filter(bool),
    date=st.dates(),
    subject=TEXT,
    sender=PARTIES,
    receiver=PARTIES,
    urgency=st.sampled_from(["", "ด่วน", "ด่วนมาก", "ด่วนที่สุด", "099"]),
    secrecy=st.sampled_from(["", "ลับ", "ลับมาก", "ลับที่สุด", "077"]),
    references=st.lists(REFERENCES, max_size=3).map(tuple),
    enclosures=st.lists(LINE.filter(bool), max_size=3).map(tuple),
    sent_at=st.none() | st.datetimes(timezones=st.just(dt.UTC)),
    description=TEXT,
    main=st.none() | FILES.filter(lambda file: file.content),
    attachments=st.lists(FILES, max_size=3).map(tuple),
)
NOTICES = st.builds(
    Notice, st.just(NoticeKind.ACCEPTED), TEXT.filter(bool), st.dates(), TEXT, TEXT, st.none(), TEXT, TEXT
)


@settings(deadline=None, max_examples=80)
@given(st.builds(Message, TEXT, TEXT, LETTERS | NOTICES))
def test_any_message_comes_back(message):
    assert read(write(message, extended=True)) == message


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300) | st.integers(0, 2400).map(lambda cut: write(Message("1", "x", LETTER))[:cut]))
def test_whatever_comes_is_a_message_or_a_refusal(content):
    with pytest.raises(UnreadableMessage) as refused:
        read(content)
    assert refused.value.thai
    assert refused.value.english


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
DEEP = b"<a>" * 500 + b"</a>" * 500
WIDE = b"<a>" + b"<b/>" * 20_000 + b"</a>"
GOOD = write(Message("1", "x", LETTER))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LAUGHS, "forbidden-xml"),
        (OUTSIDE, "forbidden-xml"),
        (b"<!DOCTYPE a><a/>", "forbidden-xml"),
        (DEEP, "too-large"),
        (WIDE, "too-large"),
        (b"<a/>", "unknown-message"),
        (b"", "not-xml"),
        (b'<?xml version="1.0" encoding="wat"?><a/>', "not-xml"),
        (GOOD.replace(b">2021-12-29<", b">29/12/2564<"), "incomplete"),
        (GOOD.replace("มท ๐๘๑๐.๗/ว ๓๑๕๓".encode(), b" "), "incomplete"),
        (GOOD.replace(b">UEs=<", b">U!!<"), "damaged-file"),
    ],
)
def test_what_is_no_message_is_refused_by_its_reason(content, code):
    with pytest.raises(UnreadableMessage) as refused:
        read(content)
    assert refused.value.code == code


def test_other_spellings_of_the_namespaces_are_read():
    sent = GOOD.replace(b"http://www.w3.org/2005/08/addressing", b"http://w3.org/2005/08/addressing")
    sent = sent.replace(b"wsa:To>", b"wsa:to>").replace(
        b"ReusableAggregateBusinessInformationEntity", b"ReuseableAggregateBusinessInformaionEntity"
    )
    message = read(sent)
    assert (message.id, message.to, message.content.number) == ("1", "x", LETTER.number)


def test_what_the_queue_gives_is_read_with_its_process_id():
    answer = (
        '<E xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><CorrespondenceLetterInboundResponse xmlns="">'
        "<ProcessID> 77 </ProcessID><ProcessTime>2012-09-07T10:00:00</ProcessTime><AcceptLetterNotifier><LetterID> อก 0905/7 </LetterID>"
        "<AcceptID>12</AcceptID><CorrespondenceDate>2012-09-07</CorrespondenceDate><Subject>ก</Subject><AcceptDate>2012-09-08T09:00:00</AcceptDate>"
        "<AcceptDepartment><Code>11002</Code></AcceptDepartment></AcceptLetterNotifier></CorrespondenceLetterInboundResponse></Body></E>"
    )
    message = read(answer.encode())
    assert message.process_id == "77"
    assert message.content == Notice(
        NoticeKind.ACCEPTED,
        "อก 0905/7",
        dt.date(2012, 9, 7),
        "ก",
        "12",
        dt.datetime(2012, 9, 8, 9, tzinfo=BANGKOK),
        "11002",
    )
