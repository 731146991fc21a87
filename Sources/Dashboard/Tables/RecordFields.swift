// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

/// What the Records table says of one record; decodes its images only for what needs them.
struct RecordFields: Sendable {
    var entry: RecordEntry
    var keyNames: [String]
    var glyphs: GlyphSet

    /// The field of a column.
    func field(_ column: String) -> Field {
        let record = self.entry.record
        switch column {
        case "at": return Field(Figures.clock(record.createdAt), Roles.dim)
        case "event": return self.event
        case "key": return Field(self.keyText, Roles.strong)
        case "change": return Field(self.change, Roles.text)
        case "batch": return Field(String(self.entry.batch.number), figure: Double(self.entry.batch.number))
        case "size": return Field(Figures.bytes(record.size), figure: Double(record.size.bytes))
        case "shard": return Field(shard: self.entry.shard, Roles.dim, ellipsis: self.glyphs.ellipsis)
        default: return Field("")
        }
    }

    /// The event's name; the end of an item's time to live is named, as it is no deletion of a program.
    private var event: Field {
        switch self.entry.record.kind {
        case .remove where self.entry.record.isTimeToLive: Field("TTL", Roles.eventExpired)
        case .insert: Field("INSERT", Roles.eventInsert)
        case .modify: Field("MODIFY", Roles.eventModify)
        case .remove: Field("REMOVE", Roles.eventRemove)
        }
    }

    /// The key attributes' values, partition key first.
    var keyText: String {
        guard let keys = try? self.entry.record.keys.decoded() else { return "(key not readable)" }
        let names =
            self.keyNames.isEmpty || !self.keyNames.allSatisfy { keys[$0] != nil } ? keys.keys.sorted() : self.keyNames
        return names.compactMap { keys[$0].map(ValueText.short) }.joined(separator: " ")
    }

    /// What changed, in short.
    private var change: String {
        let repeated = self.entry.isDuplicate ? "(seen before) " : ""
        return repeated + ChangeSummary(self.entry.record, glyphs: self.glyphs).text
    }

    /// Whether a plain word is found in the record: in its event, its names, its keys, its images; no image is decoded for it.
    func has(_ word: Filter.Word) -> Bool {
        let record = self.entry.record
        if word.isIn(record.kind.rawValue) || word.isIn(self.event.text) || word.isIn(self.entry.shard.text)
            || word.isIn(record.eventID.text)
        {
            return true
        }
        if word.isIn(record.keys.bytes) || (!word.isPlain && word.isIn(self.keyText)) { return true }
        return [record.newImage, record.oldImage].contains { $0.map { word.isIn($0.bytes) } ?? false }
    }

    /// The texts of a column for a filter; of all that can be found by a plain word for nil.
    func texts(of column: String?) -> [String] {
        guard let column else {
            let record = self.entry.record
            let images = [record.oldImage, record.newImage].compactMap(\.self)
            return [self.event.text, record.kind.rawValue, self.keyText, self.entry.shard.text, record.eventID.text]
                + images.map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        if let (image, path) = self.attribute(column) {
            guard let item = self.item(image), let value = ValueText.value(at: path, in: item) else { return [] }
            return [ValueText.long(value)]
        }
        if column == "event" { return [self.event.text, self.entry.record.kind.rawValue] }
        if column == "shard" { return [self.entry.shard.text] }
        return [self.field(column).text]
    }

    /// Whether a column's figure compares so with a text.
    func compares(_ column: String, _ comparison: Filter.Comparison, _ text: String) -> Bool {
        if let (image, path) = self.attribute(column) {
            guard let item = self.item(image), let value = ValueText.value(at: path, in: item) else { return false }
            // Numbers are compared as decimals: none is rounded.
            if case .number(let number) = value, let wanted = DecimalNumber(text) {
                return comparison.holds(number, wanted)
            }
            return comparison == .equals && ValueText.long(value) == text
        }
        if column == "event" { return comparison == .equals && self.texts(of: column).contains(text.uppercased()) }
        let field = self.field(column)
        if comparison == .equals, field.text.lowercased() == text.lowercased() { return true }
        let unit = Pane.records.columns.first { $0.id == column }?.unit ?? .none
        guard let figure = field.figure, let wanted = unit.value(of: text) else { return false }
        return comparison.holds(figure, wanted)
    }

    private enum Image {
        case keys, old, new
    }

    private func attribute(_ column: String) -> (Image, [String])? {
        let prefixes: [(String, Image)] = [("old.", .old), ("new.", .new), ("keys.", .keys)]
        for (prefix, image) in prefixes where column.hasPrefix(prefix) {
            return (image, column.dropFirst(prefix.count).split(separator: ".").map(String.init))
        }
        return nil
    }

    private func item(_ image: Image) -> Item? {
        switch image {
        case .keys: try? self.entry.record.keys.decoded()
        case .old: try? self.entry.record.oldImage?.decoded()
        case .new: try? self.entry.record.newImage?.decoded()
        }
    }
}
