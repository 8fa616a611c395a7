"""The templates that an installation comes with, in the languages of the pages (ALL-11, LEA-3, LEA-5)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Provided:
    """A template by its key, with subject and body for each language."""

    key: str
    name: str
    purpose: str
    texts: Mapping[str, Mapping[str, str]]


PROVIDED = (
    Provided(
        "welcome",
        "Welcome",
        "For somebody who has just registered.",
        {
            "en": {
                "subject": "Welcome to {{ organisation }}",
                "body": (
                    "Hello {{ first_name | there }},\n\n"
                    "thank you for registering with {{ organisation }}. We look forward to working with"
                    " you.\n\n"
                    "One of us will call you soon to hear what you need. Until then, simply answer this"
                    " e-mail with any question.\n\n"
                    "Kind regards  \n{{ sender | your team }}"
                ),
            },
            "id": {
                "subject": "Selamat datang di {{ organisation }}",
                "body": (
                    "Halo {{ first_name | Bapak/Ibu }},\n\n"
                    "terima kasih telah mendaftar di {{ organisation }}. Kami senang dapat bekerja sama"
                    " dengan Anda.\n\n"
                    "Salah satu dari kami akan segera menelepon untuk mengetahui kebutuhan Anda. Sementara"
                    " itu, balas saja surel ini bila ada pertanyaan.\n\n"
                    "Salam hangat,  \n{{ sender | tim kami }}"
                ),
            },
        },
    ),
    Provided(
        "reach-you",
        "Reach you",
        "When the phone number does not lead to the person.",
        {
            "en": {
                "subject": "How can we reach you?",
                "body": (
                    "Hello {{ first_name | there }},\n\n"
                    "we tried to call you, but the number that we have does not seem to be yours.\n\n"
                    "Could you answer this e-mail with a number and a time that suit you? We will call you"
                    " then.\n\n"
                    "Kind regards  \n{{ sender | your team }}, {{ organisation }}"
                ),
            },
            "id": {
                "subject": "Bagaimana kami dapat menghubungi Anda?",
                "body": (
                    "Halo {{ first_name | Bapak/Ibu }},\n\n"
                    "kami mencoba menelepon Anda, tetapi nomor yang kami miliki tampaknya bukan nomor"
                    " Anda.\n\n"
                    "Mohon balas surel ini dengan nomor dan waktu yang sesuai untuk Anda, lalu kami akan"
                    " menelepon.\n\n"
                    "Salam hangat,  \n{{ sender | tim kami }}, {{ organisation }}"
                ),
            },
        },
    ),
)
