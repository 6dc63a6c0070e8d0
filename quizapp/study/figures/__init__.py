"""What statistics show: each figure one function from plain data to a frozen dataclass."""
