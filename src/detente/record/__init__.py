"""See DESIGN in the docs."""
