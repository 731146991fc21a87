// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Finds the color of the common 256 that looks most like a given one.
///
/// Only the 6x6x6 cube and the 24 greys are considered: the first 16 are whatever the person made of them. Distances are
/// measured in the Oklab space, where equal distances look about equally far apart.
struct PaletteMatcher {
    private struct Oklab {
        var lightness, greenRed, blueYellow: Double

        init(red: UInt8, green: UInt8, blue: UInt8) {
            func linear(_ value: UInt8) -> Double {
                let value = Double(value) / 255
                return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            let red = linear(red)
            let green = linear(green)
            let blue = linear(blue)
            let long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
            let medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
            let short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
            self.lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
            self.greenRed = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
            self.blueYellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
        }

        func distance(_ other: Oklab) -> Double {
            let lightness = self.lightness - other.lightness
            let greenRed = self.greenRed - other.greenRed
            let blueYellow = self.blueYellow - other.blueYellow
            return lightness * lightness + greenRed * greenRed + blueYellow * blueYellow
        }
    }

    private static let palette: [Oklab] = {
        let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
        var colors: [Oklab] = []
        for red in steps {
            for green in steps {
                for blue in steps { colors.append(Oklab(red: red, green: green, blue: blue)) }
            }
        }
        for grey in 0..<24 {
            let value = UInt8(8 + grey * 10)
            colors.append(Oklab(red: value, green: value, blue: value))
        }
        return colors
    }()

    /// The number of the nearest color, 16...255.
    static func nearest(red: UInt8, green: UInt8, blue: UInt8) -> Int {
        let wanted = Oklab(red: red, green: green, blue: blue)
        var best = 0
        var bestDistance = Double.infinity
        for (index, color) in Self.palette.enumerated() {
            let distance = color.distance(wanted)
            if distance < bestDistance {
                best = index
                bestDistance = distance
            }
        }
        return 16 + best
    }
}
