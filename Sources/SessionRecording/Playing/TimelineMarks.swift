// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Marks of a recording as a timeline shows them.
enum TimelineMarks {
    /// Puts beginning and end of each hold together.
    static func marks(_ marks: [RecordingMark], end: Timestamp) -> [PlaybackStatus.Mark] {
        var result: [PlaybackStatus.Mark] = []
        var hold: Int?
        for mark in marks {
            switch mark.kind {
            case .marker: result.append(PlaybackStatus.Mark(at: mark.at, kind: .marker))
            case .gap: result.append(PlaybackStatus.Mark(at: mark.at, kind: .gap))
            case .anotherRun(let since):
                result.append(PlaybackStatus.Mark(at: since, until: mark.at, kind: .gap))
            case .loss: result.append(PlaybackStatus.Mark(at: mark.at, kind: .loss))
            case .held:
                hold = result.count
                result.append(PlaybackStatus.Mark(at: mark.at, until: end, kind: .hold))
            case .resumed:
                if let index = hold { result[index].until = mark.at }
                hold = nil
            }
        }
        return result
    }
}
