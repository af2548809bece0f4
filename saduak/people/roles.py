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


PROGRAMME_ROLES = frozenset({Role.OFFICER, Role.ASSESSOR, Role.COMMITTEE, Role.AUDITOR, Role.OPERATOR})
OFFICE_ROLES = frozenset({Role.REGISTRAR, Role.COORDINATOR, Role.HEAD, Role.OBSERVER})
SYSTEM = "SYSTEM"  # the role of jobs
PUBLIC = "PUBLIC"  # somebody who has not signed in
