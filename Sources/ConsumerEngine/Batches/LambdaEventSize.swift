// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// How many bytes records take in the event that Lambda would get.
///
/// An upper bound found by adding lengths, without writing the event: texts that need no escape count as they are, and
/// sequence numbers, sizes and times count with the most digits they can have. It is at most 110 bytes a record above
/// the real size. `{"Records":[…]}` comes on top once a batch.
package struct LambdaEventSize: Sendable {
    /// The bytes around the records of a batch.
    package static let envelope = 14

    // Member names, quotes, commas, braces; digits of ApproximateCreationDateTime (16), SequenceNumber (57) and
    // SizeBytes (10); MODIFY, NEW_AND_OLD_IMAGES.
    private static let fixed = 340
    private static let oldImage = 12
    private static let newImage = 12
    private static let userIdentity = 75

    private let streamBytes: Int

    /// Creates a measure for the records of a stream.
    package init(streamARN: StreamARN) {
        self.streamBytes = streamARN.text.utf8.count
    }

    /// The most bytes a record takes, with the comma behind it.
    package func bytes(of record: StreamRecord) -> Int {
        var bytes = Self.fixed + self.streamBytes
        bytes += record.eventID.byteCount + record.region.utf8.count + record.keys.count
        if let image = record.oldImage { bytes += Self.oldImage + image.count }
        if let image = record.newImage { bytes += Self.newImage + image.count }
        if record.isTimeToLive { bytes += Self.userIdentity }
        return bytes
    }
}
