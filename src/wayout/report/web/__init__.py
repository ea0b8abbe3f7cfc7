"""``report.html``: one file that needs no network, no font and no script."""
