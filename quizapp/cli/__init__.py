"""Commands. What a command needs beyond argparse, it imports when it runs."""
