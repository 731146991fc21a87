// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import TerminalCells

/// What a record changed, in one line.
struct ChangeSummary: Sendable {
    /// The line.
    let text: String

    /// Changed attributes that are named before the rest is counted.
    static let named = 2
    /// Characters of a value that are shown.
    static let shownCharacters = 32

    init(_ record: StreamRecord, glyphs: GlyphSet) {
        do {
            let old = try record.oldImage?.decoded()
            let new = try record.newImage?.decoded()
            self.text = Self.summary(record, old: old, new: new, glyphs)
        } catch {
            self.text = "image not readable: \(error.message)"
        }
    }

    private static func summary(_ record: StreamRecord, old: Item?, new: Item?, _ glyphs: GlyphSet) -> String {
        switch (old, new) {
        case (let old?, let new?):
            // Changed before added before removed, short values before long ones: what tells most comes first.
            func rank(_ name: String) -> Int {
                let kind = old[name] != nil ? new[name] != nil ? 0 : 2 : 1
                return kind * 2 + (Self.isLong(new[name] ?? old[name]) ? 1 : 0)
            }
            let names = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
                .sorted { (rank($0), $0) < (rank($1), $1) }
            guard !names.isEmpty else { return "no attribute changed" }
            let shown = names.prefix(Self.named).map { name in
                switch (old[name], new[name]) {
                case (let before?, let after?):
                    "\(name) \(Self.literal(before, glyphs)) \(glyphs.arrow) \(Self.literal(after, glyphs))"
                case (nil, let after?): "+\(name) \(Self.literal(after, glyphs))"
                case (let before?, nil): "-\(name) \(Self.literal(before, glyphs))"
                case (nil, nil): name
                }
            }
            let rest = names.count - shown.count
            return shown.joined(separator: "  ") + (rest > 0 ? "  +\(rest) more" : "")
        case (nil, let new?):
            // Of a change with one image alone nobody knows what was different in the other one.
            guard record.kind == .insert else {
                return "new image: " + Self.attributes(new, of: record, sign: "", glyphs)
            }
            return Self.attributes(new, of: record, sign: "+", glyphs)
        case (let old?, nil):
            guard record.kind == .remove else {
                return "old image: " + Self.attributes(old, of: record, sign: "", glyphs)
            }
            return Self.attributes(old, of: record, sign: "-", glyphs)
        case (nil, nil): return "\(Self.absent(record)) not in this stream's view type (\(record.viewType.rawValue))"
        }
    }

    /// The images that a record of its kind would have in a stream that has all of them.
    private static func absent(_ record: StreamRecord) -> String {
        switch record.kind {
        case .insert: "new image"
        case .modify: "images"
        case .remove: "old image"
        }
    }

    private static func attributes(_ item: Item, of record: StreamRecord, sign: String, _ glyphs: GlyphSet) -> String {
        let keys = (try? record.keys.decoded()) ?? [:]
        let names = item.keys.filter { keys[$0] == nil }
            .sorted { (Self.isLong(item[$0]) ? 1 : 0, $0) < (Self.isLong(item[$1]) ? 1 : 0, $1) }
        guard !names.isEmpty else { return "key attributes alone" }
        let shown = names.prefix(Self.named).compactMap { name in
            item[name].map { "\(sign)\(name) \(Self.literal($0, glyphs))" }
        }
        let rest = names.count - shown.count
        return shown.joined(separator: "  ") + (rest > 0 ? "  +\(rest) more" : "")
    }

    private static func isLong(_ value: AttributeValue?) -> Bool {
        value.map { ValueText.literal($0).count > Self.shownCharacters } ?? false
    }

    /// A value, its end left out if it is long.
    private static func literal(_ value: AttributeValue, _ glyphs: GlyphSet) -> String {
        let text = ValueText.literal(value)
        return text.count > Self.shownCharacters ? text.prefix(Self.shownCharacters - 1) + glyphs.ellipsis : text
    }
}
