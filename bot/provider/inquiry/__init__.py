"""Our staff ask about an application, the applicant answers in the chat."""
