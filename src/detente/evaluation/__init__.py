"""Scorers for those who want to check us, on our cases or on their own gold data."""
