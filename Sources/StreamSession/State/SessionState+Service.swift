// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension SessionState {
    /// Notes when the service answers and tells in the log when it does so again; before the event itself is taken in.
    mutating func watchService(_ event: SessionEvent, at: Timestamp) {
        switch event.kind {
        case .read(let summary):
            self.answeredAt = at
            self.changeShard(summary.shard) { $0.note(summary, at: at) }
            guard let since = self.silentSince else { return }
            self.silentSince = nil
            for index in self.shards.indices { self.shards[index].isFailureTold = false }
            self.tell(
                event,
                at: at,
                .info,
                LogEntry.recovery,
                "the service answers again after \(at.since(since).told)"
            )
        case .shardChanged(let id, .reading), .shardChanged(let id, .draining):
            // Reading begins, or goes on after a hold: from now on an answer is due.
            self.answeredAt = max(self.answeredAt ?? at, at)
            var isRecovery = false
            self.changeShard(id) {
                guard case .backingOff = $0.activity, $0.isFailureTold, $0.answeredAt == at else { return }
                $0.isFailureTold = false
                isRecovery = true
            }
            if isRecovery { self.tell(event, at: at, .info, LogEntry.recovery, "reading works again", shard: id) }
        case .notice(let notice):
            guard let shard = notice.shard, notice.level > .info else { return }
            self.changeShard(shard) { $0.isFailureTold = true }
        case .hold:
            self.silentSince = nil
        default: break
        }
    }

    /// Tells in the log, once, that the service does not answer; after the engine's figures are taken in.
    mutating func watchSilence(_ event: SessionEvent, at: Timestamp) {
        guard case .sample = event.kind, self.silentSince == nil, let silence = self.silence else { return }
        self.silentSince = at.advanced(by: .zero - silence)
        self.tell(
            event,
            at: at,
            .warning,
            "no-answer",
            "the service has not answered for \(silence.told): what was written since is not known; it is asked again"
        )
    }

    private mutating func tell(
        _ event: SessionEvent,
        at: Timestamp,
        _ level: Notice.Level,
        _ code: String,
        _ message: String,
        shard: ShardID? = nil
    ) {
        self.log(
            LogEntry(sequence: event.sequence, at: at, level: level, shard: shard, code: code, message: message)
        )
    }
}

extension ShardState {
    /// Takes in up to when the shard is read.
    fileprivate mutating func note(_ summary: ReadSummary, at: Timestamp) {
        self.answerGap = self.answeredAt.map { at.since($0) } ?? .zero
        self.answeredAt = at
        self.isCaughtUp = summary.records == 0
        if let newest = summary.newestCreatedAt {
            self.readThrough = newest
        } else if summary.records == 0 {
            // All that was there when the service was asked has been read.
            self.readThrough = at.advanced(by: .zero - summary.duration)
        }
    }
}

extension LogEntry {
    /// The code of lines that say that something works again.
    public static let recovery = "recovered"
}

extension Duration {
    /// In whole seconds, `6 s`, `1 min 32 s`.
    fileprivate var told: String {
        let seconds = self.components.seconds
        return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
