"""The portal's search: French words, an index of them in the catalog, facets, spelling."""
