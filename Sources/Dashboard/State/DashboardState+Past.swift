// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension DashboardState {
    /// Moves in what is kept of a running session.
    mutating func moveInTime(_ command: PlaybackCommand) -> [DashboardEffect] {
        guard self.options.capabilities.contains(.past) else {
            return self.refuse("nothing of this session is kept to go back to")
        }
        if case .move(let distance) = command, self.past == nil {
            guard distance < .zero else {
                self.say("this is now; the other direction goes back")
                return []
            }
            // From what is on the screen, not from what has come behind it.
            if self.isFrozen, let at = self.session.asOf {
                return [.send(.playback(.seek(at.advanced(by: distance))))]
            }
        }
        return [.send(.playback(command))]
    }

    /// Goes on with the session as it is.
    mutating func returnToNow() -> [DashboardEffect] {
        self.leavePast()
        self.say("back to now")
        return [.send(.playback(.last))]
    }

    /// What head and figures are of: the session as it is, also while the view is frozen; in the past, that moment.
    var present: SessionState { self.past == nil ? self.newest : self.session }

    /// How long the moment shown is over; nil: it is now.
    var pastDistance: Duration? {
        guard let past, let now = self.newest.asOf else { return nil }
        return max(.zero, now.since(past))
    }
}
