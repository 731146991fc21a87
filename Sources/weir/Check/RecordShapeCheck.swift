// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers

/// Compares what the stream's records hold with what the handler reads of them.
struct RecordShapeCheck: Sendable {
    /// What the handler reads: places in a record, by the option that names them.
    struct Reading: Hashable, Sendable {
        /// The option, for people.
        var option: String
        /// The items of a record that it names.
        var places: [RecordPlace]
        /// What becomes of a record that lacks one, for people.
        var consequence: String
    }

    let viewType: StreamViewType
    /// Events that are handled; empty: all.
    let events: Set<ChangeKind>
    let readings: [Reading]

    /// What was found.
    var findings: [CheckFinding] {
        let problems = self.readings.flatMap { reading in reading.places.compactMap { self.problem(reading, $0) } }
        guard problems.isEmpty else { return problems }
        return [.pass("view-type", "\(self.viewType.rawValue): records have \(self.content)")]
    }

    private var content: String {
        switch self.viewType {
        case .keysOnly: "keys alone"
        case .newImage: "keys and the new image"
        case .oldImage: "keys and the old image"
        case .newAndOldImages: "keys and both images"
        }
    }

    private func problem(_ reading: Reading, _ place: RecordPlace) -> CheckFinding? {
        guard place.isIn(self.viewType) else {
            return .fail(
                "view-type",
                "\(reading.option) names \(place.rawValue), which records of view type \(self.viewType.rawValue) do not have",
                "Name Keys, or switch the stream off and on with another view type: one that is there cannot be changed."
            )
        }
        let lacking = ChangeKind.allCases.filter {
            (self.events.isEmpty || self.events.contains($0)) && !place.isIn($0)
        }
        guard !lacking.isEmpty else { return nil }
        let names = lacking.map(\.rawValue).joined(separator: " and ")
        return .warn(
            "view-type",
            "\(reading.option) names \(place.rawValue), which \(names) records do not have: \(reading.consequence)",
            "Leave \(names) out with --events."
        )
    }
}
