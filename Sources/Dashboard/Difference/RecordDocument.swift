// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import StreamSession
package import TerminalCells

/// The lines of the Record pane: a record in one of its views.
package struct RecordDocument: Hashable, Sendable {
    /// Columns from which old and new image stand side by side.
    package static let sideBySideColumns = 120
    /// Largest number of lines; a longer document says what is left out.
    package static let lineLimit = 5000

    /// The lines.
    package private(set) var lines: [RecordLine] = []
    /// Number of attributes and parts that changed; nil: unknown, as the record has not the images to tell.
    package private(set) var changeCount: Int?
    /// Whether old and new image stand side by side.
    package let isSideBySide: Bool

    /// Lays out a record.
    ///
    /// - Parameters:
    ///   - entry: The record.
    ///   - keyNames: The table's key attributes, partition key first; empty if unknown.
    ///   - view: How to show it.
    ///   - isUnfolded: Whether attributes that did not change are shown too.
    ///   - columns: Width of the pane's inside.
    ///   - screenColumns: Width of the screen, which decides about side by side.
    ///   - glyphs: The characters to draw with.
    package init(
        _ entry: RecordEntry,
        keyNames: [String],
        view: DifferenceView,
        isUnfolded: Bool,
        columns: Int,
        screenColumns: Int,
        glyphs: GlyphSet = .unicode
    ) {
        let record = entry.record
        // Half of a narrow pane shows nothing of either image.
        self.isSideBySide =
            (view == .changes || view == .typed) && screenColumns >= Self.sideBySideColumns && columns >= 100
        switch view {
        case .raw: self.addRaw(record)
        case .plain: self.addPlain(record)
        case .changes, .typed:
            self.addImages(
                record,
                keyNames: keyNames,
                isTyped: view == .typed,
                isUnfolded: isUnfolded,
                columns: columns,
                glyphs: glyphs
            )
        }
        self.addDetails(entry)
        if self.lines.count > Self.lineLimit {
            let rest = self.lines.count - Self.lineLimit
            self.lines.removeLast(rest)
            self.lines.append(RecordLine("\(glyphs.ellipsis) \(rest) more lines", Roles.dim))
        }
    }

    /// Places of the lines at which a change begins.
    package var changes: [Int] {
        self.lines.indices.filter { self.lines[$0].isChange }
    }

    /// Columns of the longest line for which there is no room, the sign in column one left out.
    func hiddenColumns(in columns: Int, policy: TextPolicy) -> Int {
        self.lines.reduce(0) { hidden, line in
            let parts = [line.left] + (line.right.map { [$0] } ?? [])
            // Of two halves the left one is the smaller.
            let room = line.right == nil ? columns : (columns - 1) / 2
            return parts.reduce(hidden) { hidden, pieces in
                let width = pieces.reduce(0) { $0 + CellLine($1.text, $1.role, policy: policy).width }
                return max(hidden, width - room)
            }
        }
    }

    private mutating func addImages(
        _ record: StreamRecord,
        keyNames: [String],
        isTyped: Bool,
        isUnfolded: Bool,
        columns: Int,
        glyphs: GlyphSet
    ) {
        do throws(DynamoDBError) {
            let keys = try record.keys.decoded()
            // `map` would lose the error's type.
            var old: Item?
            if let image = record.oldImage { old = try image.decoded() }
            var new: Item?
            if let image = record.newImage { new = try image.decoded() }
            self.addNotes(record)
            let difference = ImageDifference(keys: keys, keyNames: keyNames, old: old, new: new)
            var writer = DifferenceWriter(
                isSideBySide: self.isSideBySide,
                isTyped: isTyped,
                isUnfolded: isUnfolded || isTyped,
                columns: columns,
                glyphs: glyphs
            )
            // With one image alone nothing can be said about change, unless the record says that there is no other.
            let isComparable =
                switch record.kind {
                case .insert: new != nil
                case .modify: old != nil && new != nil
                case .remove: old != nil
                }
            writer.write(difference, isComparable: isComparable)
            self.changeCount = isComparable ? difference.changeCount : nil
            self.lines += writer.lines
        } catch {
            self.lines.append(RecordLine("this record cannot be decoded: \(error.message)", Roles.error))
        }
    }

    /// Says in words which image is absent, and why.
    private mutating func addNotes(_ record: StreamRecord) {
        func absent(_ side: String) -> String {
            "\(side) image: not in this stream's view type (\(record.viewType.rawValue))"
        }
        let old: String? =
            if record.kind == .insert {
                "no old image: the item was created"
            } else if record.oldImage == nil {
                record.viewType.hasOldImage ? "old image: missing from the record" : absent("old")
            } else {
                nil
            }
        let new: String? =
            if record.kind == .remove {
                record.isTimeToLive
                    ? "no new image: the item expired and the service deleted it (TTL)"
                    : "no new image: the item was deleted"
            } else if record.newImage == nil {
                record.viewType.hasNewImage ? "new image: missing from the record" : absent("new")
            } else {
                nil
            }
        if self.isSideBySide {
            self.lines.append(
                RecordLine(
                    [.init("  ", Roles.text), .init(old ?? "old image", old == nil ? Roles.title : Roles.dim)],
                    right: [.init("  ", Roles.text), .init(new ?? "new image", new == nil ? Roles.title : Roles.dim)]
                )
            )
        } else {
            for note in [old, new].compactMap(\.self) { self.lines.append(RecordLine("  " + note, Roles.dim)) }
        }
    }

    private mutating func addRaw(_ record: StreamRecord) {
        var writer = JSONWriter()
        record.encoded(into: &writer)
        if let value = try? JSONValue(parsing: writer.bytes) {
            self.add(JSONWriter.pretty(value))
        } else {
            self.lines.append(RecordLine("this record cannot be written as JSON", Roles.error))
        }
    }

    private mutating func addPlain(_ record: StreamRecord) {
        do throws(DynamoDBError) {
            var members = [JSONValue.Member("event", .string(record.isTimeToLive ? "TTL" : record.kind.rawValue))]
            members.append(JSONValue.Member("keys", try record.keys.decoded().plainJSON))
            if let image = record.oldImage { members.append(JSONValue.Member("old", try image.decoded().plainJSON)) }
            if let image = record.newImage { members.append(JSONValue.Member("new", try image.decoded().plainJSON)) }
            self.add(JSONWriter.pretty(.object(members)))
        } catch {
            self.lines.append(RecordLine("this record cannot be decoded: \(error.message)", Roles.error))
        }
    }

    /// Adds JSON text, names apart from values.
    private mutating func add(_ json: String) {
        for line in json.split(separator: "\n", omittingEmptySubsequences: false) {
            let start = line.firstIndex { $0 != " " } ?? line.startIndex
            guard start < line.endIndex, line[start] == "\"", let end = Self.endOfName(line[start...]) else {
                self.lines.append(RecordLine(String(line), Roles.text))
                continue
            }
            self.lines.append(
                RecordLine([
                    .init(String(line[..<end]), Roles.diffName), .init(String(line[end...]), Roles.text),
                ])
            )
        }
    }

    /// The end of `"name":` at the beginning of a text; nil if it begins otherwise.
    private static func endOfName(_ text: Substring) -> Substring.Index? {
        var isEscaped = false
        var index = text.index(after: text.startIndex)
        while index < text.endIndex {
            if isEscaped {
                isEscaped = false
            } else if text[index] == "\\" {
                isEscaped = true
            } else if text[index] == "\"" {
                let colon = text.index(after: index)
                return colon < text.endIndex && text[colon] == ":" ? text.index(after: colon) : nil
            }
            index = text.index(after: index)
        }
        return nil
    }

    /// A size in full, and in short where that says more.
    private static func text(of size: ByteCount) -> String {
        let bytes = "\(Figures.grouped(size.bytes)) byte\(size.bytes == 1 ? "" : "s")"
        return size.bytes < 1024 ? bytes : "\(Figures.bytes(size)) (\(bytes))"
    }

    /// Adds where the record comes from.
    private mutating func addDetails(_ entry: RecordEntry) {
        let record = entry.record
        let details = [
            ("created", record.createdAt.iso8601.replacingFraction),
            ("delivered", "\(entry.deliveredAt.iso8601) in batch \(entry.batch.number)"),
            ("size", Self.text(of: record.size)),
            ("shard", entry.shard.text), ("sequence", record.sequenceNumber.text), ("event id", record.eventID.text),
        ]
        self.lines.append(RecordLine("", Roles.text))
        for (name, value) in details {
            self.lines.append(
                RecordLine([
                    .init("  " + name + String(repeating: " ", count: 10 - name.count), Roles.dim),
                    .init(value, Roles.dim),
                ])
            )
        }
        if entry.isDuplicate {
            self.lines.append(RecordLine("  this event was delivered before: deliveries are at least once", Roles.warn))
        }
    }
}

extension String {
    /// A time without its fraction: the service gives whole seconds.
    fileprivate var replacingFraction: String {
        guard let dot = self.lastIndex(of: ".") else { return self }
        return self[..<dot] + "Z"
    }
}
