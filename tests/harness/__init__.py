"""What holds every test: a process's corner of the servers, databases from a template, the suite's strictness."""
