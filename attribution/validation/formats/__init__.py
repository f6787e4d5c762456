"""What a validation has to say, in the forms that people and other programs read. Each function gives the whole."""
