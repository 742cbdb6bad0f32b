"""Bytes that several systems share: MIME, and later CSV, XLSX, XML."""
