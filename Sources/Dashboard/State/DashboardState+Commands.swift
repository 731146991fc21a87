// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension DashboardState {
    /// Why the session must not or cannot be asked for something; nil if it can.
    func refusal(of capability: SessionCapabilities, _ what: String) -> String? {
        if self.options.isReadOnly { return "read-only: \(what) would steer the session; start without --read-only" }
        if let reason = self.newest.endedBecause { return "the session has ended (\(reason))" }
        guard self.options.capabilities.contains(capability) else { return "this session does not take \(what)" }
        return nil
    }

    /// Says why not.
    mutating func refuse(_ reason: String) -> [DashboardEffect] {
        self.say(reason, isError: true)
        return []
    }

    /// Holds, resumes, steps.
    mutating func steer(_ action: ActionID) -> [DashboardEffect] {
        let isHeld = self.newest.hold != nil
        if action == .hold {
            if let refusal = self.refusal(of: .hold, "hold and resume") { return self.refuse(refusal) }
            self.say(isHeld ? "resuming" : "holding: nothing is read, positions stay; space resumes")
            return [.send(isHeld ? .resume : .hold)]
        }
        if let refusal = self.refusal(of: .step, "single steps") { return self.refuse(refusal) }
        guard isHeld else { return self.refuse("stepping needs a held session; space holds it") }
        self.say("asking for \(action == .stepRecord ? "the oldest waiting record" : "one batch"): one step")
        return [.send(action == .stepRecord ? .stepRecord : .stepBatch)]
    }

    /// Sends what is selected to the clipboard.
    mutating func copy() -> [DashboardEffect] {
        let what: String
        let text: String
        switch self.view.focus {
        case .overview: return self.refuse("nothing to copy here")
        case .shards:
            guard let index = self.selectedIndex(.shards) else { return self.refuse("no shard is selected") }
            (what, text) = ("shard id", self.session.shards[index].description.id.text)
        case .batches:
            guard let index = self.selectedIndex(.batches) else { return self.refuse("no batch is selected") }
            (what, text) = ("batch number", String(self.session.batches[index].description.id.number))
        case .records, .record:
            guard let entry = self.selectedRecord else { return self.refuse("no record is selected") }
            var writer = JSONWriter()
            entry.record.encoded(into: &writer)
            (what, text) = ("record as DynamoDB JSON", String(decoding: writer.bytes, as: UTF8.self))
        case .events:
            guard let index = self.selectedIndex(.events) else { return self.refuse("no event is selected") }
            let entry = self.session.log[index]
            (what, text) = ("event", "\(entry.at.iso8601) \(entry.level.rawValue) \(entry.code) \(entry.message)")
        }
        self.say("sent to the terminal: \(what)")
        return [.copy(text)]
    }
}
