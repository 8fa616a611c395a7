"""Names without what says only how a company is organised, and without what everybody shares."""

import re

# Legal forms as they stand in folded names, with their dots taken away.
LEGAL_FORMS = frozenset(
    """
    pt cv tbk ud pd perum persero yayasan koperasi firma cong ty tnhh ctcp
    gmbh mbh ag kg ohg gbr ug ev eg kgaa se
    ltd limited llc inc incorporated corp corporation co company plc llp lp pllc
    sa sas sarl sasu eurl snc sca sci
    srl spa sl slu sapi ltda eireli cia sabdecv sadecv cv
    bv nv vof bvba sprl
    ab hb as asa aps oy oyj oü ehf hf
    sdn bhd pte pty pvt
    sp zoo sro kft zrt nyrt doo dd ad ood eood
    ooo oao zao pao ao tov
    jsc pjsc kk gk yk
    """.split()  # noqa: SIM905
)
# Written together with the name, before or behind it.
_TOGETHER = re.compile(
    "株式会社|有限会社|合同会社|合資会社|一般社団法人|財団法人|[(（]株[)）]|[(（]有[)）]|㈱|㈲"
    "|股份有限公司|有限责任公司|有限公司|股份公司|주식회사|유한회사|[(（]주[)）]|㈜"
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")  # s.a. · p.t. · b.v.
_WORDS = re.compile(r"\w+")
_SMALL = frozenset(
    {"the", "and", "of", "und", "dan", "et", "de", "la", "le", "y", "e", "di", "da", "van", "von"}
)


_TELLS_NOTHING = LEGAL_FORMS | _SMALL


def words_of(folded: str) -> tuple[str, ...]:
    """The words that tell one name from another, in the order of the alphabet, of a name that is folded.

    A name that is nothing but a legal form keeps it.
    """
    text = folded if folded.isascii() else _TOGETHER.sub(" ", folded)
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    parts = _WORDS.findall(text)
    telling = [part for part in parts if part not in _TELLS_NOTHING]
    return tuple(sorted(telling or parts))
