"""Pages for citizens: published and sealed data only, the same for everybody, signed in or not."""
