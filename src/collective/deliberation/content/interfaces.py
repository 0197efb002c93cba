"""Markers of desk content."""

from zope.interface import Interface


class IMarked(Interface):
    """Content whose texts can be marked, with a register of its own: items and meetings."""
