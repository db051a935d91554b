"""Claims in, one graph out: merging, look-ups, views, measures, paths, time, comparison."""
