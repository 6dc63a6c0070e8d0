"""One screen a file; each names its class SCREEN."""
