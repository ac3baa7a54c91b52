"""Pages of programmes and rounds."""
