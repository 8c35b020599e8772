"""The shell: process, network, files and time."""
