"""Ethics and security: fairness, privacy, adversarial examples."""
