"""The knowledge graph restated: RDF, HTML page, GraphML, tables; and read back."""
