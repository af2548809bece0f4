"""What is kept of applications."""

from saduak.applications.models.applying import (
    Answer,
    Application,
    Fault,
    ReceiptCounter,
    Remark,
    Submission,
)
from saduak.applications.models.assisting import AssistedEntry, Channel
from saduak.applications.models.certified import CertifiedCentre
from saduak.applications.models.commenting import Comment
from saduak.applications.models.evidence import Evidence, PublicCopy

__all__ = [
    "Answer",
    "Application",
    "AssistedEntry",
    "CertifiedCentre",
    "Channel",
    "Comment",
    "Evidence",
    "Fault",
    "PublicCopy",
    "ReceiptCounter",
    "Remark",
    "Submission",
]
