"""Sample sites: a desk and a portal that work at once, with invented content. For localhost only."""
