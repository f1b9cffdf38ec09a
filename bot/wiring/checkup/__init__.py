"""`python -m bot check`: looks at a configuration from outside, changes nothing, and says in words what is wrong."""
