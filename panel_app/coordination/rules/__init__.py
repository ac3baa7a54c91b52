"""What blocks a portfolio, and how far a round has come. Pure."""
