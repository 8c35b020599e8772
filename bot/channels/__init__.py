"""Ways in and out: one file or folder per messenger."""
