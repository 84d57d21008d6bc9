"""What the site shows: a module for each section, with its URLs, its views and its templates' names."""
