import GeoGrid

/// 附加资料: what plans, campaigns and other zonings of the sample town need beside the town itself.
public struct SampleExtras: Sendable {
    public internal(set) var merger: Merger
    public internal(set) var zonings: [Zoning]
    public internal(set) var helpers: Helpers
    public internal(set) var services: MergedServices
    /// Nil in a town too small for a reservoir.
    public internal(set) var danger: Danger?
    public internal(set) var parcels: [Parcel]
    public internal(set) var handOver: HandOver
    public internal(set) var appointments: Appointments
    public internal(set) var zonePosts: ZonePosts
    var events: [Incidents.Event]
    /// 重复地点: addresses with three events or more.
    public internal(set) var repeatAddresses: [String]
    var visits: Visits
    var projects: [Project]
    var regrading: Regrading
    /// 空缺岗位: identifiers of the posts without a holder.
    public internal(set) var vacantPosts: [String]
    /// 一人多岗: identifiers of the people with two posts.
    public internal(set) var doubleHolders: [String]
}

extension SampleExtras {
    /// Moves the polygons that were drawn freely onto what the files can say.
    mutating func round(_ to: (PlanarPoint) -> PlanarPoint) {
        for z in zonings.indices {
            for i in zonings[z].zones.indices {
                zonings[z].zones[i].area = zonings[z].zones[i].area.map { $0.map { $0.map(to) } }
            }
        }
        if let ring = danger?.ring { danger?.ring = ring.map(to) }
        for i in parcels.indices { parcels[i].ring = parcels[i].ring.map(to) }
        services.round(to)
    }
}
