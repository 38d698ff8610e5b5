"""How far two places are from each other."""

import math

EARTH_KM = 6371.0


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the shortest way along the ground.

    Args:
        here: latitude and longitude, degrees; north and east above 0.
        there: the same of the other place.
    Returns:
        Kilometres, on a sphere of 6,371 km: within half a percent of the ellipsoid.
    Raises:
        ValueError: if a latitude is outside -90 to 90, or a figure is not finite.
    Source: the haversine formula (Sinnott 1984, "Virtues of the haversine").
    """
    for latitude, longitude in (here, there):
        if not (math.isfinite(longitude) and -90 <= latitude <= 90):
            raise ValueError(f"{latitude}, {longitude} is not a place on Earth.")
    (north, east), (north_there, east_there) = (map(math.radians, place) for place in (here, there))
    inner = (
        math.sin((north_there - north) / 2) ** 2
        + math.cos(north) * math.cos(north_there) * math.sin((east_there - east) / 2) ** 2
    )
    # Of opposite places rounding may give a little more than 1.
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, inner)))
