// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import StreamSession
import TerminalCells

extension DashboardState {
    /// Rows that can be chosen at once.
    static var chosenLimit: Int { 1000 }

    /// What waits for an answer and is on the screen; not while something is typed or read.
    package var openProposal: ReplayStatus.Proposal? {
        guard let proposal = self.newest.replay?.proposal, proposal.number > self.view.answeredProposal,
            self.view.prompt == nil, !self.view.isHelpOpen
        else { return nil }
        return proposal
    }

    /// Why nothing can be sent once more; nil: it can.
    var replayRefusal: String? {
        if self.options.isReadOnly { return "read-only: nothing is sent again; start without --read-only" }
        guard self.options.capabilities.contains(.replay) else {
            return self.options.capabilities.contains(.play)
                ? "no handler to send to; name one: weir play FILE --handler command -- PROGRAM"
                : "no handler to send to: this session only looks on; --handler delete, command, … names one"
        }
        return self.newest.replay?.sending
    }

    /// Asks what would be sent; nothing is until that is answered.
    mutating func replay(wholeBatch: Bool = false) -> [DashboardEffect] {
        if let replayRefusal { return self.refuse(replayRefusal) }
        do throws(ReplayRefusal) {
            let selection = try self.replaySelection(wholeBatch: wholeBatch)
            self.say("looking at what would be sent")
            return [.send(.replay(.propose(selection)))]
        } catch {
            return self.refuse(error.reason)
        }
    }

    /// Takes the answer: a y sends, every other key does not.
    mutating func answer(_ proposal: ReplayStatus.Proposal, _ key: Key) -> [DashboardEffect] {
        self.view.answeredProposal = proposal.number
        // Who cannot see what it is about has not agreed to it.
        let isSeen = self.layout(for: self.view.size).sizeClass != .tooSmall
        guard isSeen, key == .character("y") else { return [.send(.replay(.drop(proposal.number)))] }
        self.view.chosen = []
        return [.send(.replay(.accept(proposal.number)))]
    }

    /// Chooses the selected row for a replay, or no longer, and goes to the next one.
    mutating func choose() {
        let pane = self.view.focus
        guard let table = self.view.tables[pane], let index = self.selectedIndex(pane) else { return }
        let id = self.rowID(pane, index)
        if self.view.chosen.remove(id) == nil {
            guard self.view.chosen.count < Self.chosenLimit else {
                self.say("\(Self.chosenLimit) rows are chosen already; r sends them, esc forgets them", isError: true)
                return
            }
            self.view.chosen.insert(id)
        }
        self.select(position: table.position + 1)
        self.say("\(self.chosen(in: pane).count) chosen; r sends them again, esc forgets them")
    }

    /// The rows of a pane that are chosen.
    func chosen(in pane: Pane) -> Set<RowID> {
        self.view.chosen.filter { id in
            switch id {
            case .batch: pane == .batches
            case .record: pane == .records
            case .shard, .event: false
            }
        }
    }

    /// Says once what has become of a replay.
    mutating func raiseReplayNews() {
        if let proposal = self.newest.replay?.proposal, proposal.number > self.view.seenProposal {
            self.view.seenProposal = proposal.number
            self.view.message = nil
        }
        guard let news = self.newest.replay?.news, news.number > self.view.seenReplayNews else { return }
        self.view.seenReplayNews = news.number
        self.say(news.text, isError: news.isError)
    }

    // MARK: - What is selected

    private struct ReplayRefusal: Error {
        var reason: String
    }

    private func replaySelection(wholeBatch: Bool) throws(ReplayRefusal) -> ReplaySelection {
        switch self.view.focus {
        case .batches:
            let chosen = self.chosen(in: .batches)
            let rows = self.session.batches.indices.filter { chosen.contains(self.rowID(.batches, $0)) }
            try Self.check(rows.count, of: chosen.count)
            let selected = rows.isEmpty ? [self.selectedIndex(.batches)].compactMap(\.self) : rows
            guard !selected.isEmpty else { throw ReplayRefusal(reason: "no batch is selected") }
            var parts: [ReplaySelection.Part] = []
            for index in selected { parts.append(try self.part(of: self.session.batches[index])) }
            return ReplaySelection(parts, isOfBatches: true)
        case .records, .record:
            if wholeBatch { return ReplaySelection([try self.batchOfRecord()], isOfBatches: true) }
            let chosen = self.view.focus == .records ? self.chosen(in: .records) : []
            let rows = self.session.records.indices.filter { chosen.contains(self.rowID(.records, $0)) }
            try Self.check(rows.count, of: chosen.count)
            let entries =
                rows.isEmpty ? [self.selectedRecord].compactMap(\.self) : rows.map { self.session.records[$0] }
            guard !entries.isEmpty else { throw ReplayRefusal(reason: "no record is selected") }
            let parts = Dictionary(grouping: entries, by: \.batch).map { batch, entries in
                ReplaySelection.Part(batch: batch, shard: entries[0].shard, records: entries.map(\.record))
            }
            return ReplaySelection(parts, isOfBatches: false)
        case .overview, .shards, .events:
            throw ReplayRefusal(reason: "select a batch or a record to send again: 3 Batches, 4 Records")
        }
    }

    private func part(of batch: BatchState) throws(ReplayRefusal) -> ReplaySelection.Part {
        let description = batch.description
        // A recording has all of a batch, whatever of it is shown.
        guard description.records.count == batch.recordCount || self.options.capabilities.contains(.play) else {
            throw ReplayRefusal(
                reason:
                    "the records of batch \(description.id.number) are no longer kept; weir replay sends it from a recording"
            )
        }
        return ReplaySelection.Part(batch: description.id, shard: description.shard, records: description.records)
    }

    private func batchOfRecord() throws(ReplayRefusal) -> ReplaySelection.Part {
        guard let entry = self.selectedRecord else { throw ReplayRefusal(reason: "no record is selected") }
        guard let batch = self.session.batches.last(where: { $0.description.id == entry.batch }) else {
            guard self.options.capabilities.contains(.play) else {
                throw ReplayRefusal(reason: "batch \(entry.batch.number) is no longer kept; r sends the record alone")
            }
            return ReplaySelection.Part(batch: entry.batch, shard: entry.shard, records: [])
        }
        return try self.part(of: batch)
    }

    /// Nobody sends less than what was chosen.
    private static func check(_ found: Int, of chosen: Int) throws(ReplayRefusal) {
        guard found == chosen else {
            throw ReplayRefusal(
                reason: "\(chosen - found) of the \(chosen) chosen rows are no longer kept; esc forgets all"
            )
        }
    }
}
