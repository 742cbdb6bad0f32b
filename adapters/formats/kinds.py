"""What kind of file an attachment is, by its bytes: what it is sent as is often wrong."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
MSG = "application/vnd.ms-outlook"
TNEF = "application/ms-tnef"
CSV = "text/csv"
EMAIL = "message/rfc822"
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_MSG = "__properties_version1.0".encode("utf-16-le")
_TEXTS = frozenset({"text/plain", "text/comma-separated-values", "application/csv", "application/vnd.ms-excel"})
_UNSAID = "application/octet-stream"


def kind_of(content: bytes, name: str, said: str) -> str:
    """Its content type: `said` where the bytes tell nothing else."""
    return _packed(content) or _by_name(content, name, said) or said


def _packed(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return DOCX if b"word/document.xml" in content else XLSX if b"xl/workbook.xml" in content else ""
    if content.startswith(CFB):
        return MSG if _IN_MSG in content else ""
    if content.startswith(b"\x78\x9f\x3e\x22"):
        return TNEF
    return PDF if b"%PDF-" in content[:1_024] else ""


def _by_name(content: bytes, name: str, said: str) -> str:
    ending = name.lower().rpartition(".")[2]
    if ending == "csv" and (said in _TEXTS or said == _UNSAID) and b"\0" not in content[:4]:
        return CSV
    return EMAIL if ending == "eml" and said == _UNSAID else ""
