"""Questions of customers and providers: a topic each, answers written in it go back to the person."""
