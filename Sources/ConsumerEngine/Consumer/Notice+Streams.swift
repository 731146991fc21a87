// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension Notice {
    /// The code of ``streamReplaced(_:by:at:)``.
    package static let streamReplaced = "stream-replaced"
    /// The code of ``streamEnded(_:)``.
    package static let streamEnded = "stream-ended"
    /// The code of ``unreadForLong(_:since:)``.
    package static let unreadForLong = "unread-for-long"

    /// A session begins with another stream of its table than the one before.
    package static func streamReplaced(
        _ former: StreamARN,
        by stream: StreamARN,
        at position: StartingPosition
    ) -> Notice {
        let beginning =
            switch position {
            case .trimHorizon: "It is read from its oldest record"
            case .latest: "It is read from now on (LATEST), and what was written to it before is passed over"
            }
        return Notice(
            level: .warning,
            code: Self.streamReplaced,
            message:
                "the stream of table \(stream.tableName ?? "?") was switched off and on again, which makes a new one: the "
                + "positions stored for \(former) mean nothing in it. \(beginning). What the old one still holds can be "
                + "read by its ARN for 24 hours after it was switched off"
        )
    }

    /// A stream was switched off, and all of it that a session was to handle is handled.
    package static func streamEnded(_ stream: StreamARN) -> Notice {
        Notice(
            level: .warning,
            code: Self.streamEnded,
            message:
                "the stream \(stream) is switched off, or its table is gone, and nothing of it is left to read: nothing more will "
                + "come. If it was switched on again, table "
                + "\(stream.tableName ?? "?") has a new stream with an ARN of its own: start again to read that one"
        )
    }

    /// Nothing was read of a shard for so long that records of it may have come and gone, and no number is known by which
    /// the service could tell.
    package static func unreadForLong(_ shard: ShardID, since: Timestamp) -> Notice {
        Notice(
            level: .warning,
            shard: shard,
            code: Self.unreadForLong,
            message:
                "nothing was read of this shard since \(since.iso8601), and a stream keeps its records for 24 hours: what was "
                + "written more than 24 hours ago is lost, if something was. Reading goes on at the oldest record"
        )
    }
}
