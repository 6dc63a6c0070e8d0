"""The pages of the statistics screen: from figures and a size to lines of content."""
