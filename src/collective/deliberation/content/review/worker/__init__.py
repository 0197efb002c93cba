"""A language model reads what was saved, beside the render path: a worker, and the process it asks."""
