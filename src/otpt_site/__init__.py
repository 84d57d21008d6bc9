"""A static-site generator for a guide to physical and occupational therapy."""
