"""Which indicators platforms are asked for, and what is collected about a year besides the hub's files. Pure."""

ASSESSOR_SOURCE = "assessor"
