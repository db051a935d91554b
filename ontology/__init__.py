"""The shared vocabulary: classes, relations, names; read by every stage, importing none of them."""
