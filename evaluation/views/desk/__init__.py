"""Desk pages of the evaluation, one module per noun. They show, ask and call one action; nothing is decided here."""
