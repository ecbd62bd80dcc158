"""Pages of the registry besides the admin's own: one module per audience. They translate; actions decide."""
