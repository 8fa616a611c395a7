"""How a letter looks: a frame in MJML around words in Markdown, made into HTML for mail readers."""

from dataclasses import dataclass
from html import escape

import mrml
from django.utils.translation import gettext as _
from django.utils.translation import override

from leadline.core.organisation import organisation
from leadline.core.prose import prose
from leadline.marketing.wording import plain_text

FONTS = "'Segoe UI', Helvetica, Arial, sans-serif"  # on the reader's machine: none is fetched
_FRAME = """
<mjml lang="{language}">
  <mj-head>
    <mj-title>{subject}</mj-title>
    <mj-attributes><mj-all font-family="{fonts}" /></mj-attributes>
    <mj-style>.words a {{ color: #1f5fbf }} .words h3, .words h4 {{ margin: 1.2em 0 .4em }}</mj-style>
  </mj-head>
  <mj-body background-color="#f4f5f7">
    <mj-section background-color="#ffffff" border-bottom="1px solid #e3e6ea" padding="16px 0">
      <mj-column><mj-text font-size="14px" font-weight="600" color="#4a5361">{house}</mj-text></mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" padding="12px 0 24px">
      <mj-column>
        <mj-text css-class="words" font-size="15px" line-height="1.55" color="#1d2430">{words}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="12px 0">
      <mj-column><mj-text font-size="12px" line-height="1.5" color="#6b7482">{foot}</mj-text></mj-column>
    </mj-section>
  </mj-body>
</mjml>
"""


@dataclass(frozen=True)
class Composed:
    """A letter with all places filled, as `send_letter` takes it."""

    subject: str
    body: str
    language: str = "en"

    @property
    def clean_subject(self) -> str:
        """The subject on one line: no second header can hide in it."""
        return " ".join(self.subject.split())[:200]

    def as_text(self) -> str:
        """For readers without HTML."""
        return f"{plain_text(self.body).strip()}\n\n-- \n{self._foot()}\n"

    def as_html(self) -> str:
        """The words within the frame."""
        framed = _FRAME.format(
            language=escape(self.language, quote=True),
            subject=escape(self.clean_subject),
            house=escape(organisation().name),
            words=prose(self.body),
            foot=escape(self._foot()),
            fonts=FONTS,
        )
        return str(mrml.to_html(framed).content)

    def _foot(self) -> str:
        with override(self.language):
            return _("You receive this e-mail because you are in contact with %(house)s.") % {
                "house": organisation().name
            }
