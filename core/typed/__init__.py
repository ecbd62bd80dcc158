"""What people type into forms: whose page it was typed on, which rows that page showed, how it is kept and comes
back."""
