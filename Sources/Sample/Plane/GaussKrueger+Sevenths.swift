import GeoGrid

extension GaussKrueger {
    /// The position in units of 10⁻⁷ degrees, longitude first: what the files say.
    func sevenths(_ p: PlanarPoint) -> (longitude: Int, latitude: Int) {
        let g = inverse(p)
        return (Int((g.longitude * 1e7).rounded()), Int((g.latitude * 1e7).rounded()))
    }

    /// The point moved (by less than a centimetre) onto a position that seven decimals of a degree can say.
    func rounded(_ p: PlanarPoint) -> PlanarPoint {
        let s = sevenths(p)
        return forward(GeographicPoint(longitude: Double(s.longitude) / 1e7, latitude: Double(s.latitude) / 1e7))
    }
}
