"""People who want to work with us: the dossier, the certificates one by one, the decision."""
