// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the name that somebody may have meant.
enum NearName {
    /// The nearest of the names, nil if none is near.
    static func of(_ name: String, among names: some Sequence<String>) -> String? {
        let wanted = Self.plain(name)
        let limit = wanted.count < 6 ? 1 : wanted.count < 10 ? 2 : 3
        var best: (name: String, distance: Int)?
        for candidate in names {
            let distance = Self.distance(wanted, Self.plain(candidate), limit: limit)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        if let best { return best.name }
        // Half a name is often all that somebody remembers.
        return wanted.count < 4 ? nil : names.first { Self.plain($0).starts(with: wanted) }
    }

    /// Lower-case letters and digits alone, without the unit that parameters have at their end.
    private static func plain(_ name: String) -> [UInt8] {
        let letters = name.lowercased().utf8.filter { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        let unit = Array("inseconds".utf8)
        return letters.count > unit.count && letters.suffix(unit.count) == unit[...]
            ? letters.dropLast(unit.count) : letters
    }

    /// How many letters have to be added, taken away, changed or swapped; beyond the limit: more than it.
    private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        var older: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var line = [row + 1]
            for column in 0..<right.count {
                let change = last[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(change, last[column + 1] + 1, line[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, older[column - 1] + 1)
                }
                line.append(cost)
            }
            (older, last) = (last, line)
        }
        return last[right.count]
    }
}
