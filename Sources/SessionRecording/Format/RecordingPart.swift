// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A file of a recording that is divided into several: `orders.weir`, `orders.2.weir`, `orders.3.weir`.
public struct RecordingPart: Hashable, Sendable {
    /// The file of the first part.
    public var first: String
    /// The number of this one, from 1.
    public var number: Int

    /// Creates the name of a part.
    public init(of first: String, number: Int) {
        self.first = first
        self.number = number
    }

    /// Finds out which part a file is by its name and the number that it says.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - number: Its number, as its header has it; a file that was given another name is taken for the first of that name.
    public init(path: String, number: Int) {
        let ending = ".\(number)"
        // The first part may have a name without an extension.
        let (stem, suffix) = path.hasSuffix(ending) ? (path, "") : Self.split(path)
        let isNamed = number > 1 && stem.hasSuffix(ending)
        self.init(of: isNamed ? stem.dropLast(ending.count) + suffix : path, number: isNamed ? number : 1)
    }

    /// Its file.
    public var path: String {
        guard self.number > 1 else { return self.first }
        let (stem, suffix) = Self.split(self.first)
        return "\(stem).\(self.number)\(suffix)"
    }

    /// The part behind it.
    public var next: RecordingPart { RecordingPart(of: self.first, number: self.number + 1) }
    /// The part before it; nil for the first one.
    public var previous: RecordingPart? {
        self.number > 1 ? RecordingPart(of: self.first, number: self.number - 1) : nil
    }

    /// Files that are named as parts behind the first one, in the order of their numbers.
    public static func numbered(of first: String) -> [RecordingPart] {
        let folder = URL(fileURLWithPath: first).deletingLastPathComponent().path
        let (stem, suffix) = Self.split(URL(fileURLWithPath: first).lastPathComponent)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let numbers = names.compactMap { name -> Int? in
            guard name.hasPrefix(stem + "."), name.hasSuffix(suffix), name.count > stem.count + 1 + suffix.count
            else { return nil }
            let number = Int(name.dropFirst(stem.count + 1).dropLast(suffix.count))
            return number.flatMap { $0 > 1 ? $0 : nil }
        }
        return numbers.sorted().map { RecordingPart(of: first, number: $0) }
    }

    /// A path without and with its extension, which begins with a point that is not the first letter of the name.
    private static func split(_ path: String) -> (stem: String, suffix: String) {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let point = name.lastIndex(of: "."), point > name.startIndex else { return (path, "") }
        return (String(path[..<point]), String(path[point...]))
    }
}
