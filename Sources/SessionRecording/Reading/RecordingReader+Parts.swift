// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension RecordingReader {
    /// Which part of a recording the file is.
    public var part: RecordingPart { RecordingPart(path: self.path, number: self.header.part) }

    /// Files beside it that hold other parts of the same session, in the order of their numbers.
    public func otherParts() -> [RecordingPart] {
        let first = self.part.first
        return ([RecordingPart(of: first, number: 1)] + RecordingPart.numbered(of: first)).filter {
            $0 != self.part && self.reader(of: $0) != nil
        }
    }

    /// The part behind this one; nil if it is not there.
    func nextPart() -> RecordingReader? { self.reader(of: self.part.next) }

    /// The part before this one; nil if it is not there.
    func previousPart() -> RecordingReader? { self.part.previous.flatMap { self.reader(of: $0) } }

    /// A file that is the part it is named as, and of the same session.
    private func reader(of part: RecordingPart) -> RecordingReader? {
        guard !self.header.session.isEmpty, RecordingFile.isThere(part.path),
            let reader = try? RecordingReader(path: part.path), reader.header.session == self.header.session,
            reader.header.part == part.number
        else { return nil }
        return reader
    }
}
