"""What the REST API reads and writes of desk content, where plone.restapi's defaults don't fit."""
