"""The bucket relaxation: a linear program that every executable plan can be mapped into.

``docs/formulation.md`` gives each family's inequality with the argument why no executable plan
can break it; here each family is one function (``families``) over shared columns (``columns``).
"""
