"""Measuring: the pages people wait for, against a plain Django page on the same server in the same run.

Absolute times of one machine say little; the ratio to a plain page says how much of the time is ours. `plain` is a Django
project without a line of Saduak: stock middleware, session, user, one indexed query, a bare table of 50 rows.
"""
