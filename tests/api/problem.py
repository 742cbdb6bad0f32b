"""What every error answer must look like."""

from typing import Any

import httpx


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem of an answer, checked to be one."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert set(said) <= {"type", "title", "status", "detail", "faults", "nights", "candidates"}
    assert said["status"] == status
    assert said["type"].startswith("urn:bedspace:problem:")
    assert said["title"]
    assert said["detail"]
    return said


def faults(answer: httpx.Response) -> dict[str, str]:
    """Field → why, of a 422."""
    return {fault["field"]: fault["why"] for fault in problem(answer, 422)["faults"]}
