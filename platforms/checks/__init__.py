"""What lists of enterprises say and what is wrong with them. Pure: cells and today are handed in."""
