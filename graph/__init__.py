"""Claims in, a knowledge graph over networkx out."""
