"""When a card comes back: study days, FSRS-6 and the queue of a day. Pure: time is a parameter."""
