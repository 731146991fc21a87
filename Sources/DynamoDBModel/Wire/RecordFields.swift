// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where the parts of one record lie, and those that are numbers or one of a few words.
///
/// Nothing here is counted by reference, which the loop over a page would pay for at every step.
struct RecordFields {
    /// The members that a record may have once each.
    enum Field: UInt16 {
        case eventID = 1
        case eventName = 2
        case region = 4
        case change = 8
        case userIdentity = 16
        case keys = 32
        case newImage = 64
        case oldImage = 128
        case sequenceNumber = 256
        case createdAt = 512
        case size = 1024
        case viewType = 2048
    }

    private var seen: UInt16 = 0
    var eventID: JSONScanner.Text?
    var kind: ChangeKind?
    var region: JSONScanner.Text?
    var isTimeToLive = false
    var keys: Range<Int>?
    var newImage: Range<Int>?
    var oldImage: Range<Int>?
    var sequenceNumber: SequenceNumber?
    var createdAt: Timestamp?
    var size: Int?
    var viewType: StreamViewType?

    /// Notes a member; refuses it the second time.
    @inline(__always)
    mutating func first(_ field: Field, _ name: JSONScanner.Text) throws(JSONFault) {
        guard self.seen & field.rawValue == 0 else { throw .duplicateName(at: name.start) }
        self.seen |= field.rawValue
    }
}
