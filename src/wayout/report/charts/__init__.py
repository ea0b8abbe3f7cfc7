"""Charts as SVG: small pure functions that both outputs share. Colours are in ``chart.css``."""
