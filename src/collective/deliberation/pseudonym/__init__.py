"""Pseudonymisation at render time: originals out, tokens in, words for tokens. Imports no Plone.

======================  ====================================================================
``register``            who and what an item's texts must not show
``marks``               the passages an agent marked, and the register they make
``neutralise``          a text → the text with tokens, or ``Withheld``
``present``             the text with tokens → the text that readers see
``gate``                a payload → where something can still be read in it
``folding``, ``variants``, ``matching``, ``linear``, ``reading``
                        what a reader would read: one definition, shared by all of them
``fragment``, ``tokens``
                        HTML in and out; what stands where an original stood
======================  ====================================================================
"""
