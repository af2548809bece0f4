"""What a centre did and holds from rounds before."""

from __future__ import annotations

from saduak.applications.models import CertifiedCentre, Submission
from saduak.people.models import Organisation
from saduak.rounds.models import Round


def programme_of(round: Round) -> str:
    """The programme a round belongs to, as in its pack."""
    return str(round.round_pack.content["programme"])


def certificate_of(centre: Organisation, round: Round) -> CertifiedCentre | None:
    """The certificate the centre holds in the round's programme, if the certificates have told of one."""
    return CertifiedCentre.objects.filter(centre=centre, programme=programme_of(round)).first()


def last_handed_in(centre: Organisation, round: Round) -> Submission | None:
    """What the centre last handed in in an earlier round, practice rounds aside; None when it never did."""
    found = Submission.objects.filter(
        application__centre=centre,
        application__round__is_practice=False,
        application__round__fiscal_year__lt=round.fiscal_year,
    ).exclude(application__state="WITHDRAWN")
    return (
        found.select_related("application__round__standard_pack", "application__round__profile_pack")
        .order_by("-application__round__fiscal_year", "-submitted_at", "-sequence")
        .first()
    )
