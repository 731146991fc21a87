// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
package import TerminalCells

extension DashboardState {
    /// Takes in what a person did and says what is to be done outside.
    package mutating func reduce(_ event: InputEvent) -> [DashboardEffect] {
        switch event {
        case .key(let key): return self.press(key)
        case .paste(let text):
            if self.view.prompt != nil {
                self.editPrompt { $0.insert(text) }
            } else {
                self.say("pasted text is never run as keys; / opens a filter to paste into")
            }
            return []
        case .resized(let size):
            self.view.size = size
            for pane in Pane.tables { self.fitScroll(pane) }
            if self.view.recordColumn > 0 { self.scrollRecordSideways(by: 0) }
            return []
        case .redraw: return [.redrawAll]
        case .wake: return []
        case .terminated: return [.quit(interrupted: true)]
        }
    }

    private mutating func press(_ key: Key) -> [DashboardEffect] {
        self.view.message = nil
        if key == .control("c") { return [.quit(interrupted: true)] }
        if key == .control("z") { return [.suspend] }
        if self.view.prompt != nil { return self.pressInPrompt(key) }
        if let proposal = self.openProposal { return self.answer(proposal, key) }
        // Alt and a digit go to a pane wherever digits mean something else.
        var key = key
        if key.alt, !self.options.capabilities.contains(.play), case .character(let digit) = key.code, digit.isNumber {
            key.alt = false
        }
        if self.view.isHelpOpen, self.pressInHelp(key) { return [] }
        guard let action = self.registry.action(for: key, in: self.view.focus) else {
            self.say("\(key.name(ascii: self.options.glyphs.isASCII)) does nothing here; ? lists the keys")
            return []
        }
        return self.perform(action, key: key)
    }

    /// Does what an action says.
    package mutating func perform(_ action: ActionID, key: Key? = nil) -> [DashboardEffect] {
        switch action {
        case .quit: return [.quit(interrupted: false)]
        case .interrupt: return [.quit(interrupted: true)]
        case .suspend: return [.suspend]
        case .redraw: return [.redrawAll]
        case .back: return self.back()
        case .hold, .stepRecord, .stepBatch: return self.steer(action)
        case .marker:
            if let refusal = self.refusal(of: .mark, "markers") { return self.refuse(refusal) }
            self.view.prompt = Prompt(.marker, text: "mark \(self.newest.markers.count + 1)", isProposal: true)
            return []
        case .record: return self.record()
        case .copy: return self.copy()
        case .theme: return self.nextTheme()
        case .replay: return self.replay()
        case .replayBatch: return self.replay(wholeBatch: true)
        case .now where self.past == nil:
            self.say("this is now")
            return []
        case .now: return self.returnToNow()
        // In the past they mean the way out of it.
        case .cancel where self.past != nil, .last where self.past != nil, .freeze where self.past != nil:
            return self.returnToNow()
        case .seek:
            self.view.prompt = Prompt(.seek)
            return []
        case .open:
            self.openSelected()
            return []
        case .enlarge:
            self.change(.zoom)
            return []
        default:
            if let command = self.playback(action, key: key) {
                let isRecorded = self.options.capabilities.contains(.play)
                return isRecorded ? [.send(.playback(command))] : self.moveInTime(command)
            }
            self.change(action)
            return []
        }
    }

    /// Does what an action says where that changes nothing but the view.
    private mutating func change(_ action: ActionID) {
        let page = self.visibleRows(self.view.focus)
        switch action {
        case .help:
            self.view.isHelpOpen = true
            self.view.helpTop = 0
        case .filter:
            let text = self.view.tables[self.view.focus]?.filterText ?? ""
            self.view.prompt = Prompt(.filter(self.view.focus, before: text), text: text)
        case .cancel: self.cancel()
        case .down: self.move(by: 1)
        case .up: self.move(by: -1)
        case .first: self.moveToEnd(false)
        case .last: self.moveToEnd(true)
        case .pageDown: self.move(by: page)
        case .pageUp: self.move(by: -page)
        case .halfPageDown: self.move(by: max(1, page / 2))
        case .halfPageUp: self.move(by: -max(1, page / 2))
        case .scrollLeft: self.scrollRecordSideways(by: -8)
        case .scrollRight: self.scrollRecordSideways(by: 8)
        case .nextRecord: self.moveToRecord(1)
        case .previousRecord: self.moveToRecord(-1)
        case .nextPane: self.switchTo(self.view.focus.advanced(by: 1))
        case .previousPane: self.switchTo(self.view.focus.advanced(by: -1))
        case .goToOverview: self.switchTo(.overview)
        case .goToShards: self.switchTo(.shards)
        case .goToBatches: self.switchTo(.batches)
        case .goToRecords: self.switchTo(.records)
        case .goToRecord: self.switchTo(.record)
        case .goToEvents: self.switchTo(.events)
        case .freeze: self.toggleFreeze()
        case .follow: self.toggleFollow()
        case .nextMatch: self.moveToMatch(1)
        case .previousMatch: self.moveToMatch(-1)
        case .sort: self.sortByNextColumn()
        case .reverseSort: self.reverseSort()
        case .differenceView:
            self.view.difference = self.view.difference.next
            self.resetRecordScroll()
            self.say("record shown as \(self.view.difference.title)")
        case .unfold:
            self.view.isUnfolded.toggle()
            self.view.recordChange = nil
            self.scrollRecord(by: 0)
            self.scrollRecordSideways(by: 0)
        case .zoom:
            self.view.isZoomed.toggle()
            for pane in Pane.tables { self.fitScroll(pane) }
        case .choose: self.choose()
        case .quit, .interrupt, .suspend, .redraw, .back, .hold, .stepRecord, .stepBatch, .marker, .record, .copy,
            .theme, .open, .enlarge, .replay, .replayBatch, .now:
            break
        case .play, .slower, .faster, .nextRecordInTime, .previousRecordInTime, .nextBatch, .previousBatch, .jumpBack,
            .jumpForward, .leapBack, .leapForward, .sessionStart, .sessionEnd, .nextMarker, .previousMarker, .seek,
            .seekTenth, .loop, .skipIdle:
            break
        }
    }

    private mutating func switchTo(_ pane: Pane) {
        self.view.history = []
        self.view.isHelpOpen = false
        self.focus(pane)
    }

    /// One level back; at the top level the end.
    private mutating func back() -> [DashboardEffect] {
        if self.view.isZoomed {
            self.view.isZoomed = false
            for pane in Pane.tables { self.fitScroll(pane) }
            return []
        }
        return self.goBack() ? [] : [.quit(interrupted: false)]
    }

    /// Closes, clears or goes back, whatever is nearest; never ends the program.
    private mutating func cancel() {
        if let entry = self.view.history.last, entry.filteredPane == self.view.focus, self.goBack() { return }
        let chosen = self.chosen(in: self.view.focus)
        if !chosen.isEmpty {
            self.view.chosen.subtract(chosen)
            self.say("no row is chosen any more")
        } else if let table = self.view.tables[self.view.focus], !table.filterText.isEmpty {
            self.setFilter("", of: self.view.focus)
            self.say("filter cleared")
        } else if self.view.isZoomed {
            self.view.isZoomed = false
            for pane in Pane.tables { self.fitScroll(pane) }
        } else if !self.goBack() {
            self.say("nothing to go back to; q quits")
        }
    }

    private mutating func openSelected() {
        switch self.view.focus {
        case .shards:
            guard let index = self.selectedIndex(.shards) else { return }
            self.open(.batches, filter: "shard:\"\(self.session.shards[index].description.id.text)\"")
        case .batches:
            guard let index = self.selectedIndex(.batches) else { return }
            self.open(.records, filter: "batch=\(self.session.batches[index].description.id.number)")
        case .records:
            guard self.selectedIndex(.records) != nil else { return }
            self.open(.record)
        case .overview, .record: break
        case .events:
            guard let index = self.selectedIndex(.events), let shard = self.session.log[index].shard else {
                self.say("this event is about no shard")
                return
            }
            self.view.tables[.shards]?.selection = .shard(shard)
            self.refreshTable(.shards)
            self.open(.shards)
        }
    }
}
