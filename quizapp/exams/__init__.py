"""Practice exams: from a blueprint to a paper, from answers to marks."""
