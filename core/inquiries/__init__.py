"""Questions of the staff about an application: asked and answered in chat, kept in the dossier."""
