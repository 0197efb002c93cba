"""The public REST services: what is at an address, lists with pages, and their OpenAPI description."""
