"""The playbook in writing: orders for the worst losses, as HTML, PDF and one CSV a play."""
