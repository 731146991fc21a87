// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Foundation

/// How colours look to people who lack one kind of cone, and how far apart two of them then are.
///
/// The matrices are those of Machado, Oliveira and Fernandes (2009) for a severity of 1, on linear light.
enum ColourVision: CaseIterable {
    case usual, protanopia, deuteranopia, tritanopia

    private var matrix: [[Double]] {
        switch self {
        case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        case .protanopia:
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
            ]
        case .deuteranopia:
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
            ]
        case .tritanopia:
            [
                [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
            ]
        }
    }

    /// The distance of two colours in the Oklab space, where black and white are 1 apart.
    func distance(_ one: ThemeColor, _ other: ThemeColor) -> Double {
        let pair = zip(self.oklab(one), self.oklab(other))
        return pair.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    /// The smallest distance with any kind of vision.
    static func smallestDistance(_ one: ThemeColor, _ other: ThemeColor) -> Double {
        Self.allCases.map { $0.distance(one, other) }.min() ?? 0
    }

    private func oklab(_ color: ThemeColor) -> [Double] {
        let light = [color.red, color.green, color.blue].map { part in
            let value = Double(part) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let seen = Self.product(self.matrix, light).map { min(max($0, 0), 1) }
        let cones = Self.product(
            [
                [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ],
            seen
        ).map(cbrt)
        return Self.product(
            [
                [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ],
            cones
        )
    }

    private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }
}
