"""Files with all that an institution published in a year, or that a search finds: JSON and CSV."""
