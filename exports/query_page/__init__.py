"""The page to write queries on: YASGUI, shipped, with the questions as examples."""
