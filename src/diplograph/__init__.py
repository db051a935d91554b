"""Diplograph: evidence-backed knowledge graphs from diplomatic documents."""

__version__ = "0.1.0"
