"""The map: public-domain coastlines, places by kind, links by the people they carry.

A map of the whole operation, and a further map wherever places lie too close together on it.
"""
