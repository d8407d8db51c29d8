package import GRDB
package import GeoGrid

/// 坐标系登记: the one metre system of a town, chosen once, before the first geometry.
package enum SpatialReference {
    /// EPSG code of the town's metre system; nil before it is chosen.
    package static func chosen(in db: Database) throws -> Int? {
        try Settings.get(.epsg, in: db).flatMap { Int($0) }
    }

    /// Registers `crs` and gives it to all layers. Precondition: no layer holds a geometry.
    package static func choose(_ crs: CRS, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO gpkg_spatial_ref_sys
                    (srs_name, srs_id, organization, organization_coordsys_id, definition, description)
                VALUES (?, ?, 'EPSG', ?, ?, NULL)
                """,
            arguments: [name(of: crs), crs.epsg, crs.epsg, definition(of: crs)])
        try db.execute(sql: "UPDATE gpkg_contents SET srs_id = ? WHERE data_type = 'features'", arguments: [crs.epsg])
        try db.execute(sql: "UPDATE gpkg_geometry_columns SET srs_id = ?", arguments: [crs.epsg])
        try Settings.set(.epsg, to: String(crs.epsg), in: db)
    }

    /// Central meridian, and whether the zone number stands before the easting, of the 3° zones on CGCS2000.
    private static func zone(of crs: CRS) -> (meridian: Int, number: Int?)? {
        switch crs.epsg {
        case 4513...4533: (75 + 3 * (crs.epsg - 4513), 25 + crs.epsg - 4513)
        case 4534...4554: (75 + 3 * (crs.epsg - 4534), nil)
        default: nil
        }
    }

    private static func name(of crs: CRS) -> String {
        guard let zone = zone(of: crs) else { return crs.description }
        return "CGCS2000 / 3-degree Gauss-Kruger " + (zone.number.map { "zone \($0)" } ?? "CM \(zone.meridian)E")
    }

    /// Well-known text; other systems are left to their EPSG code.
    private static func definition(of crs: CRS) -> String {
        guard let zone = zone(of: crs) else { return "undefined" }
        let easting = (zone.number ?? 0) * 1_000_000 + 500_000
        return """
            PROJCS["\(name(of: crs))",GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",\
            SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],\
            PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],\
            AUTHORITY["EPSG","4490"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],\
            PARAMETER["central_meridian",\(zone.meridian)],PARAMETER["scale_factor",1],\
            PARAMETER["false_easting",\(easting)],PARAMETER["false_northing",0],\
            UNIT["metre",1,AUTHORITY["EPSG","9001"]],AUTHORITY["EPSG","\(crs.epsg)"]]
            """
    }
}
