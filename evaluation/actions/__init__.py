"""The only code of the evaluation that moves a workflow or writes across models, by noun."""
