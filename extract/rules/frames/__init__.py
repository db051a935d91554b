"""Frames: relation rules by family, one TOML file each."""
