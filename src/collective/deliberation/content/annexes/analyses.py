"""What an annex's file says of the register: searched when either changes, kept with the annex.

It holds excerpts, and stays on the desk, where the file itself is.
"""

from collective.deliberation.content.annexes.kept import kept
from collective.deliberation.content.annexes.kept import key_of
from collective.deliberation.content.annexes.kept import media_type
from collective.deliberation.content.annexes.kept import peek
from collective.deliberation.content.annexes.kept import scope_of
from collective.deliberation.pseudonym.files import isolated
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.passages import SECONDS
from persistent.mapping import PersistentMapping


AT_ONCE = 1.5  # seconds that a save may wait for a search; what takes longer is searched later


def findings(annex) -> Analysis | None:
    """What is known of the file with the present register; None when it was not searched yet."""
    entry = peek(annex).get("analysis")
    if entry is None or annex.file is None or entry["key"] != key_of(annex.file, scope_of(annex)):
        return None
    return Analysis.from_json(entry["found"])


def analysis_of(annex, seconds: float = SECONDS) -> Analysis:
    """What is known of the file, searched now when it must be; keeps nothing, so a GET may ask."""
    return findings(annex) or _searched(annex, seconds)


def search(annex, seconds: float = SECONDS) -> Analysis | None:
    """Search the file unless it is known, and keep what is found.

    :returns: None when ``seconds`` didn't suffice and there is more time to give
    """
    known = findings(annex)
    if known is not None or annex.file is None:
        return known
    found = _searched(annex, seconds)
    if found.unreadable == "too-slow" and seconds < SECONDS:
        return None
    kept(annex)["analysis"] = PersistentMapping(
        key=key_of(annex.file, scope_of(annex)), found=found.to_json()
    )
    return found


def _searched(annex, seconds: float) -> Analysis:
    file, scope = annex.file, scope_of(annex)
    if file is None:
        return Analysis(unreadable="unknown")
    with file.open() as stream:
        return isolated.analyse(stream, media_type(file), scope.register, scope.exempt, seconds)
