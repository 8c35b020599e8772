"""Bytes to blocks: what stands where in a file. The only place that imports document libraries."""
