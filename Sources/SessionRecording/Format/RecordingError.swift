// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a recording cannot be written or read.
public struct RecordingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Hashable, Sendable {
        /// There is no such file, or it may not be opened.
        case cannotOpen
        /// The file is something else.
        case notARecording
        /// The file was written by a program that is newer than this one.
        case newerVersion
        /// The file was written by a program that is older than this one.
        case olderVersion
        /// Another process writes the file.
        case inUse
        /// The file is there already and holds a session.
        case exists
        /// The file is the recording of another session, which this one does not go on with.
        case anotherSession
        /// Nothing happened in the part that was asked for.
        case nothingThere
        /// Parts that are needed are not readable.
        case damaged
        /// Writing or reading failed, for example because the disk is full.
        case storage
    }

    /// The kind.
    public var code: Code
    /// What was tried on which file and what to do, for people.
    public var description: String

    /// Creates an error.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
