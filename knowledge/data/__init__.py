"""Tables that ship with the product as TOML or text; the office's own overlay in `home/lexicon/` wins."""
