// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension StreamRecord {
    /// Writes the record as GetRecords has it.
    package func encoded(into writer: inout JSONWriter) {
        self.encoded(into: &writer, time: String(self.createdAt.milliseconds.floorSeconds))
    }

    /// The same with another time of creation, in seconds.
    func encoded(into writer: inout JSONWriter, time: String) {
        writer.beginObject()
        self.writeHead(into: &writer)
        writer.name("dynamodb")
        self.writeChange(into: &writer, time: time)
        if self.isTimeToLive {
            writer.name("userIdentity")
            writer.object { writer in
                writer.member("PrincipalId", "dynamodb.amazonaws.com")
                writer.member("Type", "Service")
            }
        }
        writer.endObject()
    }

    /// Writes the record as a function in AWS Lambda gets it.
    ///
    /// - Parameters:
    ///   - streamARN: The stream, which only this form names.
    ///   - writer: Where to.
    package func lambdaEvent(streamARN: StreamARN, into writer: inout JSONWriter) {
        writer.beginObject()
        self.writeHead(into: &writer)
        writer.name("dynamodb")
        self.writeChange(into: &writer, time: self.lambdaCreationTime)
        if self.isTimeToLive {
            writer.name("userIdentity")
            writer.object { writer in
                writer.member("type", "Service")
                writer.member("principalId", "dynamodb.amazonaws.com")
            }
        }
        writer.member("eventSourceARN", streamARN.text)
        writer.endObject()
    }

    /// The record as a function in AWS Lambda gets it, one element of `Records`.
    public func lambdaEvent(streamARN: StreamARN) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        self.lambdaEvent(streamARN: streamARN, into: &writer)
        return writer.bytes
    }

    /// `ApproximateCreationDateTime` as a function in AWS Lambda gets it: whole seconds, written as a fraction.
    package var lambdaCreationTime: String {
        "\(self.createdAt.milliseconds.floorSeconds).0"
    }

    private func writeHead(into writer: inout JSONWriter) {
        writer.member("eventID", self.eventID.text)
        writer.member("eventName", self.kind.rawValue)
        writer.member("eventVersion", "1.1")
        writer.member("eventSource", "aws:dynamodb")
        writer.member("awsRegion", self.region)
    }

    private func writeChange(into writer: inout JSONWriter, time: String) {
        writer.beginObject()
        writer.name("ApproximateCreationDateTime")
        writer.number(text: time)
        writer.name("Keys")
        writer.item(self.keys)
        if let newImage = self.newImage {
            writer.name("NewImage")
            writer.item(newImage)
        }
        if let oldImage = self.oldImage {
            writer.name("OldImage")
            writer.item(oldImage)
        }
        writer.member("SequenceNumber", self.sequenceNumber.text)
        writer.member("SizeBytes", self.size.bytes)
        writer.member("StreamViewType", self.viewType.rawValue)
        writer.endObject()
    }

    /// The same record with memory of its own, so that it does not keep the page it came in alive.
    package func detached() -> StreamRecord {
        var record = self
        record.keys = self.keys.detached()
        record.oldImage = self.oldImage?.detached()
        record.newImage = self.newImage?.detached()
        return record
    }
}

extension Int64 {
    /// Milliseconds as whole seconds, rounded down.
    fileprivate var floorSeconds: Int64 {
        (self - (self % 1000 + 1000) % 1000) / 1000
    }
}
