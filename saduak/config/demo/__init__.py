"""The demonstration: a world made through the real commands, of real places and plainly invented people.

It lives in `config` because it needs every app. Each file does one thing: `tree` grows the organisations, `cast` names
the people, `evidence` makes their files, `story` plays the rounds.
"""
