"""XML from outside, read without what makes XML dangerous: no document type, no entities, bounded depth and size."""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from saduak.saraban.refusal import Unreadable

MOST_BYTES = 96 * 1024 * 1024
"""A message with files of 64 MB, as base64 and with something to spare."""
MOST_ELEMENTS = 5_000
MOST_DEPTH = 24


class UnreadableMessage(Unreadable):
    """What came is no message that can be understood."""


def parse(content: bytes) -> Element:
    """The root element; names as "{namespace}local". Raises UnreadableMessage for whatever is not plain, bounded XML."""
    if len(content) > MOST_BYTES:
        raise UnreadableMessage(
            f"ข้อความแลกเปลี่ยนใหญ่เกิน {MOST_BYTES >> 20} MB โปรดแบ่งสิ่งที่ส่งมาด้วย",
            f"The message is larger than {MOST_BYTES >> 20} MB; please split the enclosures.",
            code="too-large",
        )
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.tree.data
    parser.StartDoctypeDeclHandler = _forbidden
    parser.EntityDeclHandler = _forbidden
    parser.ExternalEntityRefHandler = _forbidden
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, UnreadableMessage):
            raise
        raise UnreadableMessage(
            "ข้อความแลกเปลี่ยนไม่ใช่ XML ที่สมบูรณ์ โปรดขอให้ต้นทางส่งใหม่",
            "The message is no well-formed XML; please ask the sender to send it again.",
            code="not-xml",
        ) from error
    return builder.tree.close()


def _forbidden(*_: Any) -> int:
    raise UnreadableMessage(
        "ข้อความแลกเปลี่ยนมีส่วน DOCTYPE หรือ entity ซึ่งไม่รับด้วยเหตุผลด้านความปลอดภัย",
        "The message has a document type or entities, which are not taken for safety.",
        code="forbidden-xml",
    )


class _Builder:
    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self.depth = self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > MOST_DEPTH or self.count > MOST_ELEMENTS:
            raise UnreadableMessage(
                "ข้อความแลกเปลี่ยนซ้อนลึกหรือยาวเกินไป",
                "The message is nested too deep or has too many parts.",
                code="too-large",
            )
        self.tree.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self.depth -= 1
        self.tree.end(_name(name))


def _name(name: str) -> str:
    return "{" + name if "}" in name else name


def local(element: Element) -> str:
    """The name of an element without its namespace: public clients disagree on the spelling of namespaces."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element, *path: str) -> Element | None:
    """The first element down `path`, by local names whatever their case."""
    here: Element | None = element
    for name in path:
        if here is None:
            return None
        here = next((one for one in here if local(one).lower() == name.lower()), None)
    return here


def children(element: Element, name: str) -> list[Element]:
    """All children of that local name."""
    return [one for one in element if local(one).lower() == name.lower()]


def find(element: Element, name: str) -> Element | None:
    """The first element of that local name anywhere below."""
    return next((one for one in element.iter() if local(one) == name), None)


def text(element: Element | None, *path: str) -> str:
    """The text at `path`, "" where there is none."""
    found = child(element, *path) if element is not None else None
    return (found.text or "").strip() if found is not None else ""
