// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

/// What SQLite's failures mean for a recording.
enum StorageFault {
    /// Whether a part of the file is not what SQLite wrote.
    static func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_IOERR, .SQLITE_TOOBIG].contains(error.resultCode)
    }

    /// What can be read; nil where the file is damaged.
    static func readable<Value>(_ read: () throws -> Value?) throws -> Value? {
        do {
            return try read()
        } catch let error as DatabaseError where Self.isDamage(error) {
            return nil
        }
    }

    /// The error to throw.
    static func error(_ error: any Error, doing purpose: String, path: String) -> RecordingError {
        if let error = error as? RecordingError { return error }
        guard let error = error as? DatabaseError else {
            return RecordingError(.storage, "Cannot \(purpose) the recording \(path): \(error).")
        }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB:
            return RecordingError(.notARecording, "\(path) is not a recording of weir.")
        case .SQLITE_CORRUPT:
            return RecordingError(
                .damaged,
                "The recording \(path) is damaged (\(reason)). weir recording verify says where; weir recording repair "
                    + "keeps what is whole."
            )
        case .SQLITE_CANTOPEN, .SQLITE_PERM:
            return RecordingError(.cannotOpen, "Cannot open the recording \(path): \(reason).")
        case .SQLITE_FULL:
            return RecordingError(
                .storage,
                "Cannot \(purpose) the recording \(path): the disk is full. What was written before is kept."
            )
        default:
            return RecordingError(.storage, "Cannot \(purpose) the recording \(path): \(reason).")
        }
    }
}

extension [UInt8] {
    /// The bytes as the database takes them.
    var data: Data { Data(self) }
}
