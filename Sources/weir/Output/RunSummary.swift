// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession

/// The last line of a run, and the same for people.
struct RunSummary: Hashable, Sendable {
    /// Sums of the session.
    var totals: SessionTotals
    /// From the start to the end of the last batch: waiting for nothing to come is not work.
    var wall: Duration
    /// From the start to the end of the session.
    var session: Duration
    /// Processor time of the process in the session.
    var cpu: Duration
    /// Processor time of the process before it.
    var startupCPU: Duration
    /// The largest amount of memory that was resident, in KiB.
    var maximumResidentKiB: Int
    /// Why it ended.
    var reason: String
    /// How the newest invocation went.
    var lastResult: ProcessingResult
    /// Where is told what was given up, as the option names it; nil: nowhere.
    var destination: String?
    /// Whether the reads were calls of the service; those of a recording cost nothing.
    var paysForReads = true

    /// Creates a summary.
    init(
        totals: SessionTotals,
        wall: Duration,
        session: Duration,
        cpu: Duration,
        startupCPU: Duration,
        maximumResidentKiB: Int,
        reason: String,
        lastResult: ProcessingResult,
        destination: String? = nil
    ) {
        self.totals = totals
        self.wall = wall
        self.session = session
        self.cpu = cpu
        self.startupCPU = startupCPU
        self.maximumResidentKiB = maximumResidentKiB
        self.reason = reason
        self.lastResult = lastResult
        self.destination = destination
    }

    /// The line with its line break.
    var line: [UInt8] {
        SessionLines.object("summary", at: nil) { json in
            json.name("reason")
            json.string(self.reason)
            json.name("last_processing_result")
            json.string(self.lastResult.rawValue)
            json.name("records")
            json.number(self.totals.succeeded)
            json.name("wall_s")
            json.number(text: Self.decimal(self.wall, places: 3))
            json.name("session_s")
            json.number(text: Self.decimal(self.session, places: 3))
            json.name("cpu_s")
            json.number(text: Self.decimal(self.cpu, places: 3))
            json.name("max_rss_mb")
            json.number(text: Self.decimal(.milliseconds(self.maximumResidentKiB * 1000 / 1024), places: 1))
            json.name("startup_cpu_s")
            json.number(text: Self.decimal(self.startupCPU, places: 3))
            json.name("batches")
            json.number(self.totals.batchesSucceeded)
            json.name("batches_discarded")
            json.number(self.totals.batchesDiscarded)
            json.name("read")
            json.number(self.totals.polled)
            json.name("filtered_out")
            json.number(self.totals.filteredOut)
            json.name("reads")
            json.number(self.totals.reads)
            json.name("reads_usd")
            json.number(text: Self.dollars(reads: self.paysForReads ? self.totals.reads : 0))
            json.name("reads_failed")
            json.number(self.totals.failedReads.count)
            json.name("reads_throttled")
            json.number(self.totals.failedReads.throttled)
            json.name("retries")
            json.number(self.totals.retries)
            json.name("dropped")
            json.number(self.totals.dropped)
            json.name("undone")
            json.number(self.totals.returned)
            json.name("attempts")
            json.number(self.totals.attempts)
            json.name("invoked")
            json.number(self.totals.invoked)
            json.name("failed_invokes")
            json.number(self.totals.failedInvokes)
            json.name("splits")
            json.number(self.totals.splits)
            json.name("partial_successes")
            json.number(self.totals.partialSuccesses)
            json.name("destination_delivered")
            json.number(self.totals.destinationDelivered)
            json.name("destination_failed")
            json.number(self.totals.destinationFailed)
            json.name("destination_messages_delivered")
            json.number(self.totals.messagesDelivered)
            json.name("destination_messages_failed")
            json.number(self.totals.messagesFailed)
            json.name("errors")
            json.number(self.totals.errors)
            json.name("data_losses")
            json.number(self.totals.dataLosses)
            json.name("slowdowns")
            json.number(self.totals.slowdowns)
            json.name("duplicates")
            json.number(self.totals.duplicates)
            SessionLines.append(self.totals.work, to: &json)
            json.name("single_requests")
            json.number(self.totals.work.singleRequests)
        }
    }

    /// A few lines for people.
    ///
    /// A delete is accepted whether or not there is an item with its key; the service does not say which.
    var lines: [String] {
        let batches = self.totals.batchesSucceeded + self.totals.batchesDiscarded
        let ended = self.totals.succeeded + self.totals.dropped
        let part = self.totals.dropped > 0 ? "\(Figures.grouped(self.totals.succeeded)) of " : ""
        var lines = [
            "\(part)\(Self.count(ended, "record")) in \(Self.count(batches, "batch", "batches"))"
                + ", \(Self.decimal(self.wall, places: 1)) s; \(self.reason)"
        ]
        if self.totals.dropped > 0 {
            lines.append(
                "\(Self.count(self.totals.dropped, "record")) given up: \(self.totals.attemptsExhausted) with all attempts "
                    + "used up, \(self.totals.ageExceeded) too old"
            )
        }
        if self.totals.returned > 0 {
            lines.append("\(Self.count(self.totals.returned, "record")) read and left undone")
        }
        if self.totals.messagesFailed > 0 {
            let messages = self.totals.messagesFailed + self.totals.messagesDelivered
            lines.append(
                "\(Figures.grouped(self.totals.messagesFailed)) of \(Self.count(messages, "message")) could not be sent to "
                    + (self.destination ?? "the failure destination")
            )
        }
        if self.totals.dataLosses > 0 {
            lines.append(
                "DATA WAS LOST: \(Self.count(self.totals.dataLosses, "time")), records were gone before they were read; "
                    + "see the lines with code data-lost"
            )
        }
        if self.totals.reads > 0, self.paysForReads {
            lines.append(
                "\(Self.count(self.totals.reads, "read")) of the stream: $\(Self.dollars(reads: self.totals.reads)) at the "
                    + "price of AWS"
            )
        }
        if let line = self.failedReadsLine { lines.append(line) }
        return lines + self.workLines
    }

    private var failedReadsLine: String? {
        let failed = self.totals.failedReads
        guard failed.count > 0 else { return nil }
        let calls =
            "\(Self.count(failed.count, "call")) to read the stream failed"
        return failed.throttled > 0 ? "\(calls), \(Figures.grouped(failed.throttled)) throttled" : calls
    }

    /// What the handler sent.
    private var workLines: [String] {
        let work = self.totals.work
        guard !work.requests.isEmpty else { return [] }
        let requests = work.requests.sorted { $0.key < $1.key }.map { "\(Figures.grouped($0.value)) \($0.key)" }
        let deletes = work.itemsDeleted > 0 ? "\(Self.count(work.itemsDeleted, "delete")) accepted with " : ""
        let count = work.requests.values.reduce(0, +)
        var line = "\(deletes)\(requests.joined(separator: ", ")) \(count == 1 ? "request" : "requests")"
        if work.writeCapacityUnits > 0 {
            line += ", \(Self.units(work.writeCapacityUnits)) write capacity units reported"
        }
        // Where attempts failed there may be more requests than records: nothing was saved then.
        if work.singleRequests > count {
            line += "; one by one: \(Figures.grouped(work.singleRequests)) requests"
        }
        var lines = [line]
        if work.kept > 0 { lines.append("\(Self.count(work.kept, "item")) kept: not what the condition asks for") }
        if work.failedRequests > 0 {
            lines.append(
                "of these, \(Self.count(work.failedRequests, "request")) failed, or the answer was lost"
            )
        }
        if self.totals.slowdowns > 0 {
            lines.append(
                "throttled \(Self.count(work.throttles, "time")), \(Self.count(work.unprocessedItems, "key")) unprocessed; "
                    + "slowed down \(Self.count(self.totals.slowdowns, "time"))"
            )
        }
        return lines
    }

    /// A number with its noun.
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(Figures.grouped(number)) \(number == 1 ? one : many ?? "\(one)s")"
    }

    /// Capacity units without a needless fraction.
    static func units(_ units: Double) -> String {
        units == units.rounded() && abs(units) < 1e15 ? Figures.grouped(Int(units)) : units.description
    }

    /// What AWS charges for so many reads of a stream, in dollars; exact, as one costs a fifth of a millionth.
    static func dollars(reads: Int) -> String {
        let fifthsOfMillionths = ReadPrice.dollarsPerHundredThousand * 1e7 / 100_000
        let tenMillionths = reads * Int(fifthsOfMillionths.rounded())
        let fraction = String(10_000_000 + tenMillionths % 10_000_000).dropFirst()
        return "\(tenMillionths / 10_000_000).\(fraction)"
    }

    /// A duration in seconds with so many decimals, rounded down.
    static func decimal(_ duration: Duration, places: Int) -> String {
        let milliseconds = max(0, duration.wholeMilliseconds)
        let fraction = String(1000 + milliseconds % 1000).dropFirst().prefix(places)
        return "\(milliseconds / 1000).\(fraction)"
    }
}
