"""``python -m collective.deliberation.pseudonym.detection`` is ``deliberation-detect``."""

import sys
from collective.deliberation.pseudonym.detection.command import main


sys.exit(main())
