"""Times and queries of the pages, saves and plans, at two sizes of a round and on both databases."""
