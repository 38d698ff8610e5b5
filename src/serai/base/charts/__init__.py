"""Charts as pictures of text and shapes."""
