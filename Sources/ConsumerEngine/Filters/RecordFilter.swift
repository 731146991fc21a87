// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Holds records of one stream against filters, in the form in which a function in AWS Lambda would get them.
///
/// Looks only at what the patterns name, and at that only as long as a pattern may still match: first at what the record
/// has at hand, then at the bytes of keys and images, without decoding them. Keeps its memory from record to record.
package struct RecordFilter: Sendable {
    private let criteria: FilterCriteria
    private let streamARN: StreamARN
    private let streamARNBytes: ArraySlice<UInt8>
    private var document = ProjectedDocument()
    private var candidates: [Int] = []

    /// Creates a filter for the records of a stream.
    package init(_ criteria: FilterCriteria, streamARN: StreamARN) {
        self.criteria = criteria
        self.streamARN = streamARN
        self.streamARNBytes = Array(streamARN.text.utf8)[...]
    }

    /// Whether everything matches because there is no pattern.
    package var isEmpty: Bool { self.criteria.isEmpty }

    /// Whether a record matches.
    ///
    /// A record whose bytes are no JSON matches: its handler will say what is wrong with it, and it is not lost silently.
    package mutating func matches(_ record: StreamRecord) -> Bool {
        let program = self.criteria.program
        if self.criteria.isEmpty { return true }
        do throws(JSONFault) {
            if program.needsWholeEvents { return try self.matchesAsWhole(record) }
            var items: FilterProgram.Items = []
            self.candidates.removeAll(keepingCapacity: true)
            for (index, rule) in program.rules.enumerated() where self.meetsHeads(rule, record) {
                guard rule.rest != nil else { return true }
                self.candidates.append(index)
                items.formUnion(rule.items)
            }
            guard !self.candidates.isEmpty else { return false }
            try self.project(record, items)
            return self.candidates.contains { index in
                program.rules[index].rest.map { RuleMatcher.matches($0, self.document) } ?? true
            }
        } catch {
            return true
        }
    }

    private func meetsHeads(_ rule: FilterProgram.Rule, _ record: StreamRecord) -> Bool {
        rule.heads.allSatisfy { head in
            guard let value = head.member.value(in: record, streamARN: self.streamARNBytes) else {
                return head.condition.acceptsAbsence
            }
            return head.condition.accepts(value)
        }
    }

    /// Lays out what the patterns name of keys and images.
    private mutating func project(_ record: StreamRecord, _ items: FilterProgram.Items) throws(JSONFault) {
        let paths = self.criteria.program.paths
        self.document.removeAll()
        let root = self.document.append(.object, path: 0, to: nil)
        guard let change = paths.node("dynamodb", of: 0) else { return }
        let node = self.document.append(.object, path: change, to: root)
        for (item, name, bytes) in [
            (FilterProgram.Items.keys, "Keys", record.keys.bytes), (.newImage, "NewImage", record.newImage?.bytes),
            (.oldImage, "OldImage", record.oldImage?.bytes),
        ] where items.contains(item) {
            guard let bytes, let path = paths.node(name, of: change) else { continue }
            try ByteProjector(paths: paths, bytes: bytes).project(path: path, to: node, into: &self.document)
        }
    }

    private mutating func matchesAsWhole(_ record: StreamRecord) throws(JSONFault) -> Bool {
        let program = self.criteria.program
        self.document.removeAll()
        let event = record.lambdaEvent(streamARN: self.streamARN)
        try ByteProjector(paths: program.paths, bytes: event[...]).project(path: 0, to: nil, into: &self.document)
        return program.rules.contains { RuleMatcher.matches($0.whole, self.document) }
    }
}
