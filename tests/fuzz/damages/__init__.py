"""What is done to files: each a function of a random generator, told by its name."""
