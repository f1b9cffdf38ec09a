"""After a restore the platform stands still, and can only be looked at, until people have compared the money."""
