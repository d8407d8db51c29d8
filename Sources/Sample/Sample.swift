import GeoGrid
