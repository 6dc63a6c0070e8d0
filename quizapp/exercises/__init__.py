"""Exercise families and the engine that sets, solves, marks and explains them."""
