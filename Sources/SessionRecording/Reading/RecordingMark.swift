// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
import StreamSession

/// Something that a timeline shows.
public struct RecordingMark: Hashable, Sendable {
    /// What it is.
    public enum Kind: Hashable, Sendable {
        /// Somebody marked the moment.
        case marker(String)
        /// So many events are missing.
        case gap(Int)
        /// Reading was stopped.
        case held
        /// Reading went on.
        case resumed
        /// Another run goes on in the file; nothing was recorded since that time.
        case anotherRun(since: Timestamp)
        /// Records were gone before they were read.
        case loss
    }

    /// When.
    public var at: Timestamp
    /// The event.
    public var sequence: UInt64
    /// What.
    public var kind: Kind

    /// The mark of an event; nil if a timeline does not show it.
    init?(_ event: SessionEvent) {
        switch event.kind {
        case .marker(let text): self.kind = .marker(text)
        case .gap(let count): self.kind = .gap(count)
        case .hold(.held): self.kind = .held
        case .hold(.resumed): self.kind = .resumed
        case .dataLost: self.kind = .loss
        case .resumed(let time): self.kind = .anotherRun(since: min(time, event.at))
        default: return nil
        }
        self.at = event.at
        self.sequence = event.sequence
    }
}
