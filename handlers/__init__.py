"""What people can say: one module per kind of sentence, pure functions from message to outcome."""
