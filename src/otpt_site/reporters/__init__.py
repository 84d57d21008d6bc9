"""How diagnostics and reports are told: to a person, to a program, to the page of a code host."""
