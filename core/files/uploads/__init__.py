"""Documents that people hand in: judged on structure, opened in a limited child, stored once under their digest.
Imports nothing, because the child imports `docx` and `pdf` from here without Django."""
