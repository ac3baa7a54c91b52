"""One kind of conflict per file. A new file here is found by itself; its docstring is the text on the page."""
