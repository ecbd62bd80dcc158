"""What holds every test: a process's own servers' corners, databases from a template, and the strictness of the suite."""
