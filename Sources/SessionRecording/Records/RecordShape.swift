// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What many records of a batch have in common: what happened, and the forms of their items.
///
/// It is written as a byte of flags and five parts, each with a 1 behind it: view type, region, and the forms of new image, old
/// image and keys; an image that is not there has an empty form. A form is the item's JSON with a zero in place of the text of each string value.
struct RecordShape {
    /// Ends each part; no form holds it.
    static let end: UInt8 = 1

    private static let timeToLive: UInt8 = 4
    private static let hasNewImage: UInt8 = 8
    private static let hasOldImage: UInt8 = 16

    var kind: ChangeKind
    var isTimeToLive: Bool
    var viewType: StreamViewType
    var region: String
    /// The new image, the old one and the keys, cut at their texts; nil: the record has no such image.
    private(set) var forms: [[ArraySlice<UInt8>]?]

    /// The flags of a record.
    static func flags(of kind: ChangeKind, isTimeToLive: Bool, hasNewImage: Bool, hasOldImage: Bool) -> UInt8 {
        var flags: UInt8 =
            switch kind {
            case .insert: 0
            case .modify: 1
            case .remove: 2
            }
        if isTimeToLive { flags |= Self.timeToLive }
        if hasNewImage { flags |= Self.hasNewImage }
        if hasOldImage { flags |= Self.hasOldImage }
        return flags
    }

    /// Reads one; nil for what is none.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let flags = bytes.first, flags < 32, ChangeKind.allCases.indices.contains(Int(flags & 3)),
            bytes.last == Self.end
        else { return nil }
        let parts = bytes.dropFirst().dropLast().split(separator: Self.end, omittingEmptySubsequences: false)
        guard parts.count == 5, let region = String(validating: parts[1], as: UTF8.self),
            let viewType = StreamViewType(rawValue: String(decoding: parts[0], as: UTF8.self))
        else { return nil }
        self.kind = ChangeKind.allCases[Int(flags & 3)]
        self.isTimeToLive = flags & Self.timeToLive != 0
        self.viewType = viewType
        self.region = region
        let isThere = [flags & Self.hasNewImage != 0, flags & Self.hasOldImage != 0, true]
        self.forms = zip(parts[2...], isThere).map { form, isThere in
            isThere ? form.split(separator: JSONScanner.placeholder, omittingEmptySubsequences: false) : nil
        }
    }

    /// How many texts a record of it has.
    var texts: Int { self.forms.reduce(0) { $0 + max(0, ($1?.count ?? 1) - 1) } }
}
