"""What a letter says; text and HTML are made of the same parts."""

from dataclasses import dataclass
from typing import Protocol

from django.template.loader import render_to_string


class Written(Protocol):
    """Whatever can be sent: a subject on one line, and the words as text and as HTML."""

    @property
    def clean_subject(self) -> str:
        """The subject on one line."""

    def as_text(self) -> str:
        """For readers without HTML."""

    def as_html(self) -> str:
        """The same in HTML."""


@dataclass(frozen=True)
class Letter:
    """A subject, some paragraphs, perhaps one thing to do, and a last line that says why it was sent.

    All in the reader's language: whoever writes one activates it first.
    """

    subject: str
    paragraphs: tuple[str, ...]
    foot: str
    button: str = ""
    address: str = ""

    @property
    def clean_subject(self) -> str:
        """The subject on one line: no second header can hide in it."""
        return " ".join(self.subject.split())[:200]

    def as_text(self) -> str:
        """For readers without HTML."""
        todo = [f"{self.button}:\n{self.address}"] if self.address else []
        return "\n\n".join([*self.paragraphs, *todo, f"-- \n{self.foot}"]) + "\n"

    def as_html(self) -> str:
        """The same, with a button."""
        return render_to_string("core/mail.html", {"letter": self})
