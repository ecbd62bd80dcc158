"""The year's key work and targets on the desk (细则 R3.5): versions, a draft's pages, what putting in force means."""
