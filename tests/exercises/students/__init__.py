"""Simulated students and what becomes of them when they are marked.

``paper`` writes as people write, ``sheet`` is what one student hands in; ``honest``, ``slipping``
and ``careless`` are the kinds of students; ``fits`` decides without the marker what explains a
typed line, ``free`` what is left free in it (the order of paths, the names of colours); ``judging``
marks a sheet and counts what is demanded (``measures``) in a ``tally``,
which ``table`` prints. ``simulation`` runs it all.
"""
