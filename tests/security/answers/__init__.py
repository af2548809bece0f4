"""What each address must answer to each person: one letter a person, in the order of PEOPLE.

READS, by GET: o an answer (or the way to it), n a no that gives its reason, . not found, m not by GET, l sign in first.
WRITES, by POST with plausible fields, for every address that takes one: w may write, o an answer that wrote nothing.
What belongs to the centre of the house stands behind every number; "draft" is its application before it is handed in.
A new address fails `test_the_table_knows_every_address` until it stands here: think first who may, then write the line.
"""

from tests.security.answers.people import BODY, FOREIGN, OF_OTHERS, PEOPLE
from tests.security.answers.reads import READS
from tests.security.answers.writes import WRITES

__all__ = ["BODY", "FOREIGN", "OF_OTHERS", "PEOPLE", "READS", "WRITES"]
