"""British National Grid → WGS84, for whole arrays. Within about 5 m of the Ordnance Survey's exact transformation.

Inverse Transverse Mercator on the Airy 1830 ellipsoid, then the seven-parameter Helmert shift, as in the Ordnance
Survey's "A guide to coordinate systems in Great Britain", annexes B and C.
"""

from math import radians

import numpy as np
from numpy.typing import NDArray

Metres = NDArray[np.float64]
Degrees = NDArray[np.float64]

# Airy 1830, and the National Grid's projection: scale on the central meridian, true origin, false origin.
A, B = 6_377_563.396, 6_356_256.909
F0 = 0.9996012717
PHI0, LAM0 = radians(49), radians(-2)
E0, N0 = 400_000.0, -100_000.0
E2 = 1 - (B / A) ** 2
N = (A - B) / (A + B)

# WGS84 (GRS80).
A_W, B_W = 6_378_137.0, 6_356_752.3141
E2_W = 1 - (B_W / A_W) ** 2

# OSGB36 → WGS84: metres, parts, seconds of arc.
TX, TY, TZ = 446.448, -125.157, 542.060
SCALE = 1 - 20.4894e-6
RX, RY, RZ = (radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))


def wgs84(east: Metres, north: Metres) -> tuple[Degrees, Degrees]:
    """Latitude and longitude in degrees of eastings and northings in metres."""
    return _shift(*_unproject(east, north))


def _arc(phi: Metres) -> Metres:
    """Meridian arcs from the true origin, in metres."""
    d, s = phi - PHI0, phi + PHI0
    return (B * F0) * (
        (1 + N + 5 / 4 * N**2 + 5 / 4 * N**3) * d
        - (3 * N + 3 * N**2 + 21 / 8 * N**3) * np.sin(d) * np.cos(s)
        + (15 / 8 * (N**2 + N**3)) * np.sin(2 * d) * np.cos(2 * s)
        - 35 / 24 * N**3 * np.sin(3 * d) * np.cos(3 * s)
    )


# The arc is inverted once, on a table a kilometre fine: linear between its points is right to a millimetre.
_PHIS = np.linspace(radians(49), radians(61.5), 1_401)
_ARCS = _arc(_PHIS)


def _unproject(east: Metres, north: Metres) -> tuple[Metres, Metres]:
    """Latitude and longitude in radians on Airy 1830."""
    phi = np.interp(north - N0, _ARCS, _PHIS)
    tan2 = np.tan(phi) ** 2
    bend = 1 - E2 * np.sin(phi) ** 2
    ratio = bend / (1 - E2)  # of the two radii of curvature, across and along the meridian
    x = (east - E0) * np.sqrt(bend) / (A * F0)
    x2 = x * x
    fourth = (5 + 3 * tan2 + (1 - 9 * tan2) * (ratio - 1)) / 24
    sixth = (61 + (90 + 45 * tan2) * tan2) / 720
    lat = phi - np.sqrt(tan2) * ratio * x2 * (1 / 2 - x2 * (fourth - x2 * sixth))
    third = (ratio + 2 * tan2) / 6
    fifth = (5 + (28 + 24 * tan2) * tan2) / 120
    lon = LAM0 + x * np.sqrt(1 + tan2) * (1 - x2 * (third - x2 * fifth))
    return lat, lon


def _shift(lat: Metres, lon: Metres) -> tuple[Degrees, Degrees]:
    """From Airy 1830 in radians, at height 0, to WGS84 in degrees."""
    sine, cosine = np.sin(lat), np.cos(lat)
    nu = A / np.sqrt(1 - E2 * sine * sine)
    x, y, z = nu * cosine * np.cos(lon), nu * cosine * np.sin(lon), nu * (1 - E2) * sine
    x, y, z = (
        TX + SCALE * x - RZ * y + RY * z,
        TY + RZ * x + SCALE * y - RX * z,
        TZ - RY * x + RX * y + SCALE * z,
    )
    # Bowring's formula: right to a millimetre so near the surface.
    out = np.hypot(x, y)
    slant = np.arctan2(z * A_W, out * B_W)
    rise = z + E2_W / (1 - E2_W) * B_W * np.sin(slant) ** 3
    reach = out - E2_W * A_W * np.cos(slant) ** 3
    return np.degrees(np.arctan2(rise, reach)), np.degrees(np.arctan2(y, x))
