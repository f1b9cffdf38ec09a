"""Extra work the provider proposes: look, ask, approve or refuse, pay."""
