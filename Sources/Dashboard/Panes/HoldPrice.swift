// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

// What a hold costs; in the second line, where no message can stand in its place.
extension ScreenPainter {
    /// How long the service keeps a record.
    private static var recordLife: Duration { .seconds(86_400) }

    /// How far behind the session is, what of that was read, how long until the oldest record expires; in the words for
    /// which there is room.
    func price(of hold: HoldState, width: Int) -> CellLine {
        let session = self.state.present
        let read = session.sample.map { $0.waitingRecords + $0.inFlightRecords } ?? 0
        let stepped = hold.steppedRecords + hold.steppedBatches
        let least = self.glyphs.isASCII ? ">" : "≥"
        let lines = (0..<4).map { step in
            var line = self.line()
            func part(_ label: String, _ value: String, _ unit: String = "", _ role: StyleRole = Roles.strong) {
                line.append(line.width == 0 ? " " : " \(self.glyphs.separator) ", Roles.dim)
                line.append(label, Roles.dim)
                line.append(value, role)
                line.append(unit, Roles.dim)
            }
            part("behind ", Figures.lag(session.lag, ascii: self.glyphs.isASCII), "", Roles.warn)
            // Nothing is read now: the number says only what was read before.
            if read > 0 {
                let count = Figures.grouped(read)
                let word = read == 1 ? "record" : "records"
                if step == 0 {
                    part("at least ", "\(count) \(word)", ", more was not read yet")
                } else {
                    part(step < 3 ? "at least " : least, count, step < 3 ? " \(word)" : " read")
                }
            }
            if let lag = session.lag {
                let left = max(.zero, Self.recordLife - lag.duration)
                let isShort = step == 3 && !lag.isExact
                part(
                    step == 0 ? "the oldest expires in " : "expires in ",
                    (lag.isExact ? "" : isShort ? least : "at least ")
                        + Figures.duration(left, ascii: self.glyphs.isASCII)
                )
            } else {
                part("", "", "nothing was read yet; records live for 24 hours")
            }
            if stepped > 0, step < 2 { part("stepped ", String(stepped)) }
            return line
        }
        return lines.first { $0.width <= width } ?? lines[lines.count - 1]
    }
}
