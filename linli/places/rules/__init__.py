"""Pure decisions about places: the tree, codes, names and coordinates."""
