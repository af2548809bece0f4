"""Thai dates, digits, working days and text: pure Python, no Django, usable alone."""
