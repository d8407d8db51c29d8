import GeoGrid

/// 出血与裁切线: what a print shop needs around the trimmed page.
public enum PressMarks {
    /// Length of a crop mark, millimetres.
    static let length = 5.0
    /// Room beyond the bleed for crop marks: their length and a gap.
    static let room = length + 2

    /// A page with a bleed of so many millimetres: its background runs on, crop marks and a colour bar stand outside.
    public static func applied(to page: Page, bleed: Double = 3) -> Page {
        var page = page
        page.bleed = bleed
        var list = DisplayList()
        list.append(page.list)
        list.layer(.furniture)
        let near = bleed + 1
        let far = near + length
        for x in [0, page.width] {
            for (from, to) in [(-near, -far), (page.height + near, page.height + far)] {
                list.stroke(.line(x, from, x, to), Stroke(.black, 0.1))
            }
        }
        for y in [0, page.height] {
            for (from, to) in [(-near, -far), (page.width + near, page.width + far)] {
                list.stroke(.line(from, y, to, y), Stroke(.black, 0.1))
            }
        }
        for x in [page.width / 2] {
            for y in [-(bleed + 3.5), page.height + bleed + 3.5] {
                list.stroke(.circle(x: x, y: y, radius: 1.5), Stroke(.black, 0.1))
                list.stroke(.line(x - 2.5, y, x + 2.5, y), Stroke(.black, 0.1))
                list.stroke(.line(x, y - 2.5, x, y + 2.5), Stroke(.black, 0.1))
            }
        }
        page.list = list
        return page
    }
}
