"""Names of countries, bodies, agreements, places and issue areas, as tables an analyst can read and extend."""
