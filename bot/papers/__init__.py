"""Papers that an office hands on: .docx in the form of GB/T 9704."""
