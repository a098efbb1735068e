"""Schools as twins."""
