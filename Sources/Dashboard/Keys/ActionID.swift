// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The name of something that a key can do.
package enum ActionID: String, Hashable, Sendable, CaseIterable {
    case help, filter, cancel, back, quit, interrupt, suspend, redraw
    case down, up, first, last, pageDown, pageUp, halfPageDown, halfPageUp, scrollLeft, scrollRight
    case open, enlarge, nextPane, previousPane, nextRecord, previousRecord
    case goToOverview, goToShards, goToBatches, goToRecords, goToRecord, goToEvents
    case hold, stepRecord, stepBatch, marker, record
    case freeze, follow, nextMatch, previousMatch, sort, reverseSort
    case differenceView, unfold, zoom, copy, theme
    case replay, replayBatch, choose, now
    case play, slower, faster, nextRecordInTime, previousRecordInTime, nextBatch, previousBatch
    case jumpBack, jumpForward, leapBack, leapForward, sessionStart, sessionEnd, nextMarker, previousMarker
    case seek, seekTenth, loop, skipIdle
}
