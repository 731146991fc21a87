// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession
package import TerminalCells

/// Everything the screen shows is a function of this: the session, and how a person looks at it.
package struct DashboardState: Sendable {
    /// The session as shown.
    package private(set) var session: SessionState
    /// The session as it is, while the view is frozen or shows the past.
    package private(set) var latest: SessionState?
    /// The moment that is shown in place of now; nil: it is now.
    package private(set) var past: Timestamp?
    /// How it is looked at.
    package var view = ViewState()
    /// What the program decided before.
    package let options: DashboardOptions

    /// Creates a dashboard.
    package init(session: SessionState = SessionState(), options: DashboardOptions = DashboardOptions()) {
        self.session = SessionState()
        self.options = options
        self.update(session: session)
    }

    /// The session as it is now, frozen view or not.
    package var newest: SessionState { self.latest ?? self.session }

    /// The keys that there are: a recorded session has other ones than a running one.
    package var registry: KeyRegistry {
        self.options.capabilities.contains(.play) ? .playback : .standard
    }

    /// Whether the view is frozen.
    package var isFrozen: Bool { self.latest != nil && self.past == nil }

    /// Where everything stands on a screen of the given size.
    package func layout(for size: ScreenSize) -> DashboardLayout {
        DashboardLayout(
            size: size,
            focus: self.view.focus,
            corner: self.view.corner,
            isZoomed: self.view.isZoomed,
            hasTimeline: self.options.capabilities.contains(.play)
        )
    }

    /// Takes in the newest state of the session.
    package mutating func update(session: SessionState) {
        guard self.latest == nil else {
            self.latest = session
            self.raiseNews()
            return
        }
        let before = self.session
        self.session = session
        self.markShards(since: before)
        self.refreshTables(becauseOfData: true)
        self.raiseNews()
    }

    /// Shows a moment that is over, or now again.
    package mutating func show(_ view: PastView) {
        if let moment = view.moment {
            self.latest = self.latest ?? self.session
            self.past = moment.at
            self.session = moment.state
            // Nothing is new or has changed in the past.
            self.view.marks = [:]
            self.refreshTables()
        } else {
            self.leavePast()
        }
        if let message = view.message { self.say(message) }
    }

    /// Shows the session as it is, if the past was shown.
    mutating func leavePast() {
        guard self.past != nil, let latest = self.latest else { return }
        self.past = nil
        self.latest = nil
        self.session = latest
        self.update(session: latest)
    }

    /// Says something in the message line.
    package mutating func say(_ text: String, isError: Bool = false) {
        self.view.message = StatusMessage(text, isError: isError, since: self.newest.asOf)
    }

    /// Stops or starts following the session with the view.
    mutating func toggleFreeze() {
        guard let latest = self.latest else {
            self.latest = self.session
            self.say("frozen: the view stands still, the session goes on; F goes back to now")
            return
        }
        self.latest = nil
        self.update(session: latest)
        self.say("back to now")
    }

    /// Lines of level error that came since the Events pane was last looked at.
    var unseenErrors: Int {
        let errors = self.session.totals.errors - self.view.seenErrors
        return self.view.focus == .events ? 0 : max(0, errors)
    }

    private mutating func raiseNews() {
        self.expireMessage()
        self.raiseErrors()
        self.raiseRecordingNews()
        self.raiseReplayNews()
    }

    private mutating func expireMessage() {
        if self.view.message?.isOver(at: self.newest.asOf) == true { self.view.message = nil }
    }

    /// Brings the newest error up as a message; it stays until a key is pressed.
    private mutating func raiseErrors() {
        for entry in self.newest.log.reversed().prefix(32) {
            guard entry.sequence > self.view.lastSeenError else { return }
            if entry.code == LogEntry.recovery {
                // What is over must not stay on the screen as if it went on.
                self.view.lastSeenError = entry.sequence
                self.view.seenErrors = self.newest.totals.errors
                self.say(entry.message)
                return
            }
            if entry.code == Notice.stepEmpty {
                self.view.lastSeenError = entry.sequence
                self.say(entry.message)
                return
            }
            guard entry.level == .error else { continue }
            self.view.lastSeenError = entry.sequence
            self.say("\(entry.code): \(entry.message)", isError: true)
            return
        }
    }

    /// Puts signs before shards that are new, closed, or do something else than before.
    private mutating func markShards(since before: SessionState) {
        guard let now = self.session.asOf else { return }
        self.view.marks = self.view.marks.filter { $0.value.until > now }
        guard before.asOf != nil else { return }
        var known: [ShardID: ShardState] = [:]
        for shard in before.shards { known[shard.description.id] = shard }
        for shard in self.session.shards {
            let kind: RowMark.Kind
            if let old = known[shard.description.id] {
                let (oldWord, newWord) = (ShardFields.word(old.activity).text, ShardFields.word(shard.activity).text)
                guard oldWord != newWord else { continue }
                kind = shard.activity == .finished || shard.activity == .vanished ? .closed : .changed
            } else {
                kind = .new
            }
            self.view.marks[.shard(shard.description.id)] = RowMark(kind, until: now.advanced(by: RowMark.duration))
        }
    }
}
