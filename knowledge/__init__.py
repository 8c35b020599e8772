"""What the office knows: documents, assignments, units, deadlines, questions, and where they are kept."""
