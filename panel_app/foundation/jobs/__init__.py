"""Jobs: work that an act leaves for later, in a table of ours; a dead process's claim runs out."""
