import Foundation

/// 色差: how different two colours look.
public enum ColourDifference {
    /// CIEDE2000 difference of two sRGB colours, opacity left out; 1 is just noticeable.
    ///
    /// Source: Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula: implementation notes", Color Research and
    /// Application 30 (2005); sRGB and its white D65 by IEC 61966-2-1.
    public static func e2000(_ a: Colour, _ b: Colour) -> Double { e2000(lab(a.linear), lab(b.linear)) }

    typealias Triple = (Double, Double, Double)

    /// CIE L*a*b* of a linear sRGB triple, white D65.
    static func lab(_ rgb: Triple) -> Triple {
        let x = (0.4124564 * rgb.0 + 0.3575761 * rgb.1 + 0.1804375 * rgb.2) / 0.95047
        let y = 0.2126729 * rgb.0 + 0.7151522 * rgb.1 + 0.0721750 * rgb.2
        let z = (0.0193339 * rgb.0 + 0.1191920 * rgb.1 + 0.9503041 * rgb.2) / 1.08883
        func f(_ t: Double) -> Double { t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116 }
        return (116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z)))
    }

    static func e2000(_ p: Triple, _ q: Triple) -> Double {
        let c1 = hypot(p.1, p.2)
        let c2 = hypot(q.1, q.2)
        let mean7 = pow((c1 + c2) / 2, 7)
        let g = 0.5 * (1 - (mean7 / (mean7 + pow(25, 7))).squareRoot())
        let (a1, a2) = (p.1 * (1 + g), q.1 * (1 + g))
        let (d1, d2) = (hypot(a1, p.2), hypot(a2, q.2))
        func hue(_ a: Double, _ b: Double) -> Double {
            guard a != 0 || b != 0 else { return 0 }
            let degrees = atan2(b, a) * 180 / .pi
            return degrees < 0 ? degrees + 360 : degrees
        }
        let (h1, h2) = (hue(a1, p.2), hue(a2, q.2))
        let deltaL = q.0 - p.0
        let deltaC = d2 - d1
        var dh = 0.0
        if d1 * d2 != 0 {
            dh = h2 - h1
            if dh > 180 { dh -= 360 }
            if dh < -180 { dh += 360 }
        }
        let deltaH = 2 * (d1 * d2).squareRoot() * sin(dh / 2 * .pi / 180)
        let meanL = (p.0 + q.0) / 2
        let meanC = (d1 + d2) / 2
        var meanH = h1 + h2
        if d1 * d2 != 0 {
            if abs(h1 - h2) <= 180 {
                meanH /= 2
            } else {
                meanH = meanH < 360 ? (meanH + 360) / 2 : (meanH - 360) / 2
            }
        }
        func cosd(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
        let t =
            1 - 0.17 * cosd(meanH - 30) + 0.24 * cosd(2 * meanH) + 0.32 * cosd(3 * meanH + 6)
            - 0.20 * cosd(4 * meanH - 63)
        let rotation = 30 * exp(-pow((meanH - 275) / 25, 2))
        let c7 = pow(meanC, 7)
        let rc = 2 * (c7 / (c7 + pow(25, 7))).squareRoot()
        let l50 = pow(meanL - 50, 2)
        let sl = 1 + 0.015 * l50 / (20 + l50).squareRoot()
        let sc = 1 + 0.045 * meanC
        let sh = 1 + 0.015 * meanC * t
        let rt = -sin(2 * rotation * .pi / 180) * rc
        let (l, c, h) = (deltaL / sl, deltaC / sc, deltaH / sh)
        return (l * l + c * c + h * h + rt * c * h).squareRoot()
    }
}

extension Colour {
    /// Linear light of the three channels, 0 to 1.
    var linear: (Double, Double, Double) {
        func linear(_ channel: UInt8) -> Double {
            let c = Double(channel) / 255
            return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
        }
        return (linear(red), linear(green), linear(blue))
    }

    /// 灰度: lightness L* of the colour on a gray printer, 0 to 100.
    public var lightness: Double { ColourDifference.lab(linear).0 }
}
