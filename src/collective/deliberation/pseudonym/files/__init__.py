"""Files that go with a decision: what is in them, a copy without its traces, a copy without a name.

=====================  ======================================================================
``analysis``           a file and a register → where a form can be read, what nobody can search
``findings``           what a search found, as a value
``cleaning``           a file → its public copy: same pages, no metadata, comments or changes
``redaction``          a PDF or picture and boxes → a picture of it with the boxes burnt in
``page_pictures``      a page as a picture
``isolated``, ``child``, ``line``
                       all of that in a process of its own, with bounds on time and memory
``mapped``             a file of any size as bytes to look into
``passages``           one text of a file and its place; the bounds on reading
``pdf_text``, ``pdf_parts``, ``pdf_content``, ``office_text``, ``picture_text``, ``plain_text``
                       the readers, one for each family of files
``pdf_cleaning``, ``office_cleaning``, ``picture_cleaning``
                       the same families, cleaned; ``jpeg_cleaning`` and ``pdf_pictures``: photographs in them
=====================  ======================================================================

Imports no Plone. Nothing in a file is executed, no address in it is fetched, and no message repeats
what it says.
"""
