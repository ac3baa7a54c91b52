"""Files that people upload: what is taken, how it is cleaned, kept, named and served.

The package stands on the standard library and on parsers; it knows no database and no request. Parsers run in a cage
(`cage`), never in the web process; `intake` is the door that the stages use.
"""
