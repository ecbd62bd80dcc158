"""Addresses of the evaluation, one module per audience."""
