"""Records of the evaluation on the desk: found, filtered and read here; every step is taken on the workflow pages."""
