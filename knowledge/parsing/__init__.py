"""Blocks to a draft: which assignments a document makes, and everything that is doubtful about them."""
