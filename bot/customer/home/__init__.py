"""The welcome and the home screen."""
