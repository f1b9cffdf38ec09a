"""New photos of providers: looked at before customers see them."""
