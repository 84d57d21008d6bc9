"""The standards that rules follow, each named once."""

from typing import Final

from otpt_site.rule_catalogue.entry import Standard


def wcag(number: str, name: str, anchor: str) -> Standard:
    """A success criterion of the Web Content Accessibility Guidelines 2.2."""
    return Standard(f"WCAG 2.2, {number} {name}", f"https://www.w3.org/TR/WCAG22/#{anchor}")


def yaml(number: str, name: str, anchor: str) -> Standard:
    """A chapter of YAML 1.2."""
    return Standard(f"YAML 1.2.2, {number} {name}", f"https://yaml.org/spec/1.2.2/#{anchor}")


YAML_1_1: Final = Standard("YAML 1.1, the type bool", "https://yaml.org/type/bool.html")
YAML_1_1_INT: Final = Standard("YAML 1.1, the type int (numbers to base 60)", "https://yaml.org/type/int.html")
COMMONMARK: Final = Standard(
    "CommonMark 0.31.2, emphasis", "https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis"
)
UTF_8: Final = Standard("RFC 3629, UTF-8", "https://www.rfc-editor.org/rfc/rfc3629")
DATES: Final = Standard("RFC 3339, full-date", "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")
LANGUAGES: Final = Standard("BCP 47, language tags", "https://www.rfc-editor.org/info/bcp47")
TIME_ZONES: Final = Standard("IANA Time Zone Database", "https://www.iana.org/time-zones")
ADDRESSES: Final = Standard("W3C, Cool URIs don't change", "https://www.w3.org/Provider/Style/URI")
XSS: Final = Standard(
    "OWASP, Cross Site Scripting Prevention",
    "https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html",
)
JAMA: Final = Standard(
    "The JAMA benchmarks: authorship, attribution, disclosure, currency (Silberg, Lundberg, Musacchio 1997)",
    "https://doi.org/10.1001/jama.1997.03540390074039",
)
HON: Final = Standard(
    "The HONcode of the Health On the Net Foundation (Boyer and others 1998)",
    "https://doi.org/10.1016/S0010-4825(98)00037-7",
)
DISCERN: Final = Standard(
    "DISCERN, an instrument to judge health information on treatment (Charnock and others 1999)",
    "https://doi.org/10.1136/jech.53.2.105",
)
PIF: Final = Standard("The PIF TICK criteria of the Patient Information Forum", "https://piftick.org.uk/")
CDC: Final = Standard("CDC Clear Communication Index", "https://www.cdc.gov/ccindex/")
PLAIN: Final = Standard("Federal Plain Language Guidelines (US)", "https://www.plainlanguage.gov/guidelines/")
NHS: Final = Standard("NHS content guide", "https://service-manual.nhs.uk/content")
NHS_CARE_CARDS: Final = Standard(
    "NHS design system, care cards", "https://service-manual.nhs.uk/design-system/components/care-cards"
)
NHS_INCLUSIVE: Final = Standard(
    "NHS content guide, inclusive content", "https://service-manual.nhs.uk/content/inclusive-content"
)
NHS_NUMBERS: Final = Standard(
    "NHS content guide, numbers", "https://service-manual.nhs.uk/content/numbers-measurements-dates-time"
)
APA_DISABILITY: Final = Standard(
    "APA Style, bias-free language on disability",
    "https://apastyle.apa.org/style-grammar-guidelines/bias-free-language/disability",
)
TABLE_CAPTIONS: Final = Standard(
    "W3C, Technique H39: using caption elements to associate data table captions with data tables",
    "https://www.w3.org/WAI/WCAG22/Techniques/html/H39",
)
FLESCH_KINCAID: Final = Standard(
    "Kincaid, Fishburne, Rogers, Chissom (1975), Research Branch Report 8-75, Naval Technical Training",
    "https://stars.library.ucf.edu/istlibrary/56/",
)

ALT_TEXT: Final = wcag("1.1.1", "Non-text Content", "non-text-content")
RELATIONSHIPS: Final = wcag("1.3.1", "Info and Relationships", "info-and-relationships")
LINK_PURPOSE: Final = wcag("2.4.4", "Link Purpose (In Context)", "link-purpose-in-context")
LINK_ONLY: Final = wcag("2.4.9", "Link Purpose (Link Only)", "link-purpose-link-only")
HEADINGS: Final = wcag("2.4.6", "Headings and Labels", "headings-and-labels")
SECTIONS: Final = wcag("2.4.10", "Section Headings", "section-headings")
PAGE_LANGUAGE: Final = wcag("3.1.1", "Language of Page", "language-of-page")
UNUSUAL_WORDS: Final = wcag("3.1.3", "Unusual Words", "unusual-words")
ABBREVIATIONS: Final = wcag("3.1.4", "Abbreviations", "abbreviations")
READING_LEVEL: Final = wcag("3.1.5", "Reading Level", "reading-level")
MULTIPLE_WAYS: Final = wcag("2.4.5", "Multiple Ways", "multiple-ways")
