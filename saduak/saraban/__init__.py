"""Official letters of Thai government offices: model, reader, checker, numbering. Pure Python, no Django."""
