// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Gives what happens in a session the numbers behind those of a session that was recorded before.
struct FrameShift: Hashable, Sendable {
    /// Added to the numbers of events, beyond the largest number back to 0: it may stand for less than nothing.
    var events: UInt64
    /// Added to the numbers of batches.
    var batches: UInt64

    /// A frame with other numbers.
    func shifted(_ frame: SessionFrame) -> SessionFrame {
        switch frame {
        case .keyframe(let state): .keyframe(self.shifted(state))
        case .event(let event):
            .event(SessionEvent(sequence: event.sequence &+ self.events, at: event.at, kind: self.shifted(event.kind)))
        }
    }

    private func shifted(_ kind: SessionEvent.Kind) -> SessionEvent.Kind {
        switch kind {
        case .batchFormed(var batch):
            self.shift(&batch.id)
            return .batchFormed(batch)
        case .batchRetried(var retry):
            self.shift(&retry.id)
            return .batchRetried(retry)
        case .batchAdvanced(var advance):
            self.shift(&advance.id)
            return .batchAdvanced(advance)
        case .batchWorked(var work):
            self.shift(&work.id)
            return .batchWorked(work)
        case .discarded(var discard):
            self.shift(&discard.id)
            return .discarded(discard)
        case .batchFinished(var outcome):
            self.shift(&outcome.id)
            return .batchFinished(outcome)
        case .callFailed(var failure):
            if var batch = failure.batch {
                self.shift(&batch)
                failure.batch = batch
            }
            return .callFailed(failure)
        case .replayed(var replay):
            for index in replay.batches.indices { self.shift(&replay.batches[index]) }
            return .replayed(replay)
        case .started, .streamChanged, .shardListed, .shardChanged, .stateChanged, .read, .checkpoint, .duplicate,
            .dataLost, .paced, .hold, .notice, .sample, .marker, .gap, .resumed, .ended:
            return kind
        }
    }

    private func shifted(_ state: SessionState) -> SessionState {
        var state = state
        state.lastSequence &+= self.events
        for index in state.batches.indices {
            self.shift(&state.batches[index].description.id)
            if var outcome = state.batches[index].outcome {
                self.shift(&outcome.id)
                state.batches[index].outcome = outcome
            }
        }
        state.changeBatchesOfRecords { self.shift(&$0) }
        return state
    }

    private func shift(_ batch: inout BatchID) {
        batch.number += self.batches
    }
}
