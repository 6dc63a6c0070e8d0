"""Single units with a threshold or an activation, and the perceptron rule."""
