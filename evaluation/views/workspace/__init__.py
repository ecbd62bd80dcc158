"""Pages of a platform's own accounts, one module per thing worked on. Another platform's things are not there: 404."""
