"""What a chapter lets a learner do: each exhibit is one file, from a request to what is shown."""
