"""Caches in front of the portal's answers: what each depends on, what is kept, what is purged and when."""
