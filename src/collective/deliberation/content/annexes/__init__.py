"""The files of annexes: what was found in them, what a human decided, the copy that is published.

================  ==========================================================================
``analyses``      an annex → what its file says of the register, kept until either changes
``public``        an annex → the cleaned copy that may leave, and what is still read in it
``decisions``     who released which finds; what keeps an annex from being published
``drafts``        boxes and burnt pages of a redaction that is under way
``upload``        the field of a form through which a large file comes
``words``         what the clerk reads about all that
``screens``       ``@@annex-review``, ``@@annex-redact``, pages as pictures
================  ==========================================================================
"""
