// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession

/// A key frame as it is stored.
struct KeyframeRow: Hashable, Sendable {
    /// The newest event that the state knows.
    var sequence: UInt64
    /// The session time of the state, as ``RecordingTime`` stores it.
    var offset: Int64
    /// The state without its records, as deflated JSON.
    var payload: [UInt8]
    /// The checksum of all that.
    var checksum: UInt32

    /// Encodes a state; nil if there is no memory for it.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - time: The recording's; a state before the first event is of its beginning.
    ///   - encoder: Writes the JSON.
    /// - Throws: `EncodingError`.
    init?(_ state: SessionState, time: RecordingTime, encoder: JSONEncoder) throws {
        let document = [UInt8](try encoder.encode(SessionKeyframe(of: state)))
        guard let payload = Compression.deflate(document) else { return nil }
        self.init(
            sequence: state.lastSequence,
            offset: state.asOf.map { max(0, time.offset(of: $0)) } ?? 0,
            payload: payload,
            checksum: 0
        )
        self.checksum = self.computedChecksum
    }

    init(sequence: UInt64, offset: Int64, payload: [UInt8], checksum: UInt32) {
        self.sequence = sequence
        self.offset = offset
        self.payload = payload
        self.checksum = checksum
    }

    /// The key frame; nil if it is damaged.
    func keyframe(decoder: JSONDecoder) -> SessionKeyframe? {
        guard self.checksum == self.computedChecksum,
            let document = Compression.inflate(self.payload, limit: RecordingFormat.payloadLimit),
            let keyframe = try? decoder.decode(SessionKeyframe.self, from: Data(document)),
            keyframe.isSound, keyframe.sequence == self.sequence
        else { return nil }
        return keyframe
    }

    private var computedChecksum: UInt32 {
        var checksum = RowChecksum()
        checksum.add(self.sequence)
        checksum.add(self.offset)
        return checksum.finished(with: self.payload)
    }
}
