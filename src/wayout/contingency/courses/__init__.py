"""Courses of action side by side: outcome, needs, risks, and where they part."""
