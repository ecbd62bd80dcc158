"""What an office file holds, judged on its parts, their content types and the relations between them. No Django here."""
