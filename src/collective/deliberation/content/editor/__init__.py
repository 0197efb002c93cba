"""The editor's button that marks a selection as personal data, and how marks look on the desk."""
