// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession

/// A key frame as it is stored.
struct KeyframeRow: Hashable, Sendable {
    /// The newest event that the state knows.
    var sequence: UInt64
    /// The session time of the state.
    var at: Timestamp
    /// The state without its records, as deflated JSON.
    var payload: [UInt8]
    /// The checksum of the payload.
    var checksum: UInt32

    /// Encodes a state; nil if there is no memory for it.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - beginning: The session time of a state before the first event.
    ///   - encoder: Writes the JSON.
    /// - Throws: `EncodingError`.
    init?(_ state: SessionState, beginning: Timestamp, encoder: JSONEncoder) throws {
        let document = [UInt8](try encoder.encode(SessionKeyframe(of: state)))
        guard let payload = Compression.deflate(document) else { return nil }
        self.init(
            sequence: state.lastSequence,
            at: state.asOf ?? beginning,
            payload: payload,
            checksum: Compression.checksum(payload)
        )
    }

    init(sequence: UInt64, at: Timestamp, payload: [UInt8], checksum: UInt32) {
        self.sequence = sequence
        self.at = at
        self.payload = payload
        self.checksum = checksum
    }

    /// The key frame; nil if it is damaged.
    func keyframe(decoder: JSONDecoder) -> SessionKeyframe? {
        guard self.checksum == Compression.checksum(self.payload),
            let document = Compression.inflate(self.payload, limit: RecordingFormat.payloadLimit),
            let keyframe = try? decoder.decode(SessionKeyframe.self, from: Data(document)),
            keyframe.isSound, keyframe.sequence == self.sequence
        else { return nil }
        return keyframe
    }
}
