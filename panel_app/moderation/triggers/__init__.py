"""What sends a portfolio to moderation, one trigger per file. A new file here is found by itself."""
