"""The way in over HTTP: platforms' callbacks, whether the office is well, and its counts."""
