"""Where in the text of a program file things stand: found only when there is something to say about the file."""
