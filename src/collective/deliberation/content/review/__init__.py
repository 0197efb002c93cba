"""The review of an item's personal data: what detection proposes, what people decided, what is left."""
