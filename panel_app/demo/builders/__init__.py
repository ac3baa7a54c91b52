"""Builders: whole, possible things made through the services, for the demo round and for tests alike."""
