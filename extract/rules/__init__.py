"""Relation, name and qualifier rules, as tables an analyst can read and correct."""
