"""Questions about a graph, each a SPARQL query with its sentence and its parameters."""
