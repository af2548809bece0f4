"""Readings of letters, circulars and their deliveries, what came back, and the registers of an office."""

from saduak.circulars.models.approval import ApprovalStep
from saduak.circulars.models.circular import Circular, CircularAction
from saduak.circulars.models.delivery import Assignment, Delivery, Reply
from saduak.circulars.models.division_member import DivisionMember
from saduak.circulars.models.exchange import Carrier, ExchangeAddress, ExchangeFile, ExchangeMessage, MessageKind, Side
from saduak.circulars.models.handling import PaperReceipt, SentBack
from saduak.circulars.models.letterhead import Letterhead
from saduak.circulars.models.link import Link, LinkDay
from saduak.circulars.models.print_run import PrintForm, PrintRun
from saduak.circulars.models.reach import Reach
from saduak.circulars.models.readiness_letter import ReadinessLetter
from saduak.circulars.models.reading import Reading
from saduak.circulars.models.reading_file import ReadingFile
from saduak.circulars.models.register import Counter, Direction, Division, RegisterEntry
from saduak.circulars.models.register_correction import RegisterCorrection
from saduak.circulars.models.reminder import Reminder, ReminderLine, ReminderRule
from saduak.circulars.models.sought_name import SoughtName

__all__ = [
    "ApprovalStep",
    "Assignment",
    "Carrier",
    "Circular",
    "CircularAction",
    "Counter",
    "Delivery",
    "Direction",
    "Division",
    "DivisionMember",
    "ExchangeAddress",
    "ExchangeFile",
    "ExchangeMessage",
    "Letterhead",
    "Link",
    "LinkDay",
    "MessageKind",
    "PaperReceipt",
    "PrintForm",
    "PrintRun",
    "Reach",
    "ReadinessLetter",
    "Reading",
    "ReadingFile",
    "RegisterCorrection",
    "RegisterEntry",
    "Reminder",
    "ReminderLine",
    "ReminderRule",
    "Reply",
    "SentBack",
    "Side",
    "SoughtName",
]
