"""What an office file holds, judged on its parts, their content types and relations. No Django here."""
