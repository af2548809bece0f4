"""Pages of packs: what everybody may read, and what officers look after."""
