"""The application: nine questions in any order, saved one by one; read dialog.py first."""
