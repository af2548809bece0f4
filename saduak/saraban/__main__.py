"""`python -m saduak.saraban FILE`."""

import sys

from saduak.saraban.read_letters import main

sys.exit(main())
