"""Reading letters: what somebody wrote, and what speaks against taking it in. No database here."""

from leadline.intake.reading.letters import File, Read, Unreadable, read_letter
from leadline.intake.reading.phones import phone_in
from leadline.intake.reading.signs import SIGNS, sign_of

__all__ = ["SIGNS", "File", "Read", "Unreadable", "phone_in", "read_letter", "sign_of"]
