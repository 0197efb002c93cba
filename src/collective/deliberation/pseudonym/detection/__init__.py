"""Detection: what in the texts of an item may be personal data, for a person to decide.

Pure functions of plain texts and a roster, by rules; nothing here marks or hides anything. See
``docs/reference/detection.md`` for what they find and how that was measured.
"""

from collective.deliberation.pseudonym.detection.quasi import prompts
from collective.deliberation.pseudonym.detection.suggesting import suggest
from collective.deliberation.pseudonym.detection.suggestions import Prompt
from collective.deliberation.pseudonym.detection.suggestions import Suggestion


__all__ = ["Prompt", "Suggestion", "prompts", "suggest"]
