"""Tables in and out: what an upload may be, what its cells say, and files that are safe to open. No domain words."""
