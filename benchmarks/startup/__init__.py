"""How long the terminal waits: commands from start to end."""
