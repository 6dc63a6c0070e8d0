"""The pages of the screen of the exam: from a plan and a size to lines of content."""
