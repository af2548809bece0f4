"""The roles of the programme and of an organisation. Codes are stored; labels are what people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Programme roles are given at the secretariat; roles in an organisation hold for it or for its whole subtree."""

    OFFICER = "OFFICER", _("programme officer")
    ASSESSOR = "ASSESSOR", _("assessor")
    COMMITTEE = "COMMITTEE", _("committee member")
    AUDITOR = "AUDITOR", _("auditor")
    OPERATOR = "OPERATOR", _("system operator")
    REGISTRAR = "REGISTRAR", _("registrar")
    COORDINATOR = "COORDINATOR", _("coordinator")
    HEAD = "HEAD", _("head of office")
    OBSERVER = "OBSERVER", _("observer")


class Capacity(models.TextChoices):
    """How somebody who is not the head acts for the head, as letters and receipts say it (พ.ร.บ.ระเบียบบริหารราชการแผ่นดิน
    พ.ศ. 2534: รักษาราชการแทน in the head's absence or vacancy, ปฏิบัติราชการแทน by delegation).
    """

    ACTING = "ACTING", _("acting in place of the head")
    DELEGATED = "DELEGATED", _("by delegation of the head")


# What stands before the head's title on paper, which is Thai whatever the language of the page.
CAPACITY_ON_PAPER = {Capacity.ACTING: "รักษาราชการแทน", Capacity.DELEGATED: "ปฏิบัติราชการแทน"}


PROGRAMME_ROLES = frozenset({Role.OFFICER, Role.ASSESSOR, Role.COMMITTEE, Role.AUDITOR, Role.OPERATOR})
OFFICE_ROLES = frozenset({Role.REGISTRAR, Role.COORDINATOR, Role.HEAD, Role.OBSERVER})
SYSTEM = "SYSTEM"  # the role of jobs
PUBLIC = "PUBLIC"  # somebody who has not signed in
