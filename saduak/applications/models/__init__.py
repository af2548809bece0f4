"""What is kept of applications."""

from saduak.applications.models.applying import (
    Answer,
    Application,
    Fault,
    ReceiptCounter,
    Remark,
    Submission,
)
from saduak.applications.models.evidence import Evidence

__all__ = ["Answer", "Application", "Evidence", "Fault", "ReceiptCounter", "Remark", "Submission"]
