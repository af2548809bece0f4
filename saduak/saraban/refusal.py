"""What the pure package says of material it cannot take: one sentence in Thai and one in English, never a traceback."""


class Unreadable(ValueError):
    """Something that came from outside cannot be read. `code` is for programs, `thai` and `english` for people."""

    def __init__(self, thai: str, english: str, *, code: str = "unreadable") -> None:
        super().__init__(f"{thai} / {english}")
        self.thai = thai
        self.english = english
        self.code = code
