"""What a score sheet is made of, what may stand in it, what is missing, and how two versions meet. Pure."""
