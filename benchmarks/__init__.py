"""Measurements against named peers in the same run, as ratios; nothing here is a test."""
