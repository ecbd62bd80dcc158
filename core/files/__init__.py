"""What people hand in and what is kept: spreadsheets, the upload gate, the sandbox, sealing."""
