// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import TerminalCells

extension DashboardState {
    /// What a key asks of a recorded session; nil for the keys that change the view alone.
    func playback(_ action: ActionID, key: Key?) -> PlaybackCommand? {
        switch action {
        case .play: .toggle
        case .slower: .slower
        case .faster: .faster
        case .nextRecordInTime: .stepRecord(.forward)
        case .previousRecordInTime: .stepRecord(.backward)
        case .nextBatch: .stepBatch(.forward)
        case .previousBatch: .stepBatch(.backward)
        case .jumpBack: .move(.seconds(-5))
        case .jumpForward: .move(.seconds(5))
        case .leapBack: .move(.seconds(-60))
        case .leapForward: .move(.seconds(60))
        case .sessionStart: .first
        case .sessionEnd: .last
        case .nextMarker: .seekMarker(.forward)
        case .previousMarker: .seekMarker(.backward)
        case .seekTenth: .seekShare(Double(Self.digit(key) ?? 0) / 10)
        case .loop: .loop
        case .skipIdle: .toggleIdle
        default: nil
        }
    }

    private static func digit(_ key: Key?) -> Int? {
        guard case .character(let character) = key?.code else { return nil }
        return character.wholeNumberValue
    }
}
