"""What `/metrics` shows: counts and times by route template, nothing about anybody."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Measures:
    """The measurements of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("bedspace_requests", "Requests answered.", labels, registry=self._registry)
        self._seconds = Histogram(
            "bedspace_request_seconds", "Time to answer.", ("route",), buckets=BUCKETS, registry=self._registry
        )
        self._open = Gauge("bedspace_open", "1 when the database is there and migrated.", registry=self._registry)
        self._connections = Gauge(
            "bedspace_database_connections", "Connections of this process.", ("state",), registry=self._registry
        )

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        requests, times = self._of(method, route, status)
        requests.inc()
        times.observe(seconds)

    @cache  # noqa: B019  # there is one a process, and few routes
    def _of(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(method, route, str(status)), self._seconds.labels(route)

    def house(self, *, is_open: bool, connections: int, idle: int) -> None:
        """How the process stands, noted when it is asked."""
        self._open.set(is_open)
        self._connections.labels("idle").set(idle)
        self._connections.labels("busy").set(connections - idle)

    def text(self) -> bytes:
        """In the text format of Prometheus."""
        return generate_latest(self._registry)
