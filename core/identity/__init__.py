"""Who signs in and how: accounts, factors, roles, what an account still has to do."""
