"""Addresses of the registry beside the admin's own, one module per audience."""
