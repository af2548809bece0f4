"""The ledger of a cascade: where the letter is, who holds it, how long each hop took, what can no longer be met.

Everything is derived from times, so that the ledger can be read as it stood at any moment (`at`), and added up in the
database from one index, so that a page about 8,000 hops asks as often as one about ten.
"""

from saduak.circulars.queries.ledger.branches import Hops
from saduak.circulars.queries.ledger.hops import Hop, Kept, Named, below_of, hops, lines, way_to, ways_up
from saduak.circulars.queries.ledger.letters import first_letter
from saduak.circulars.queries.ledger.places import Branch, Place, Stand, Tier, country, province
from saduak.circulars.queries.ledger.prospects import Passing, Prospect, Prospects, of_hop, prospects
from saduak.circulars.queries.ledger.rows import export
from saduak.circulars.queries.ledger.standing import (
    TERRITORIAL,
    Level,
    Row,
    Standing,
    by_level,
    by_province,
    lost,
    standing,
)
from saduak.circulars.queries.ledger.stuck import Stuck, held, stuck

__all__ = [
    "TERRITORIAL",
    "Branch",
    "Hop",
    "Hops",
    "Kept",
    "Level",
    "Named",
    "Passing",
    "Place",
    "Prospect",
    "Prospects",
    "Row",
    "Stand",
    "Standing",
    "Stuck",
    "Tier",
    "below_of",
    "by_level",
    "by_province",
    "country",
    "export",
    "first_letter",
    "held",
    "hops",
    "lines",
    "lost",
    "of_hop",
    "prospects",
    "province",
    "standing",
    "stuck",
    "way_to",
    "ways_up",
]
