"""Documents in, mentions and claims out."""
