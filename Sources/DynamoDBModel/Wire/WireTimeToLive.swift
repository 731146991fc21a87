// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension WireOperation<UpdateTimeToLiveRequest, TimeToLiveSpecification> {
    /// UpdateTimeToLive.
    package static var updateTimeToLive: Self {
        Self(
            "UpdateTimeToLive",
            of: .tables,
            encodeInput: { request, writer in
                writer.member("TableName", request.tableName)
                writer.timeToLive(request.specification)
            },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["TableName", "TimeToLiveSpecification"])
                return UpdateTimeToLiveRequest(
                    tableName: try body.tableName(),
                    specification: try body.timeToLive(isStrict: true)
                )
            },
            encodeOutput: { $1.timeToLive($0) },
            decodeOutput: { (body: WireObject) throws(JSONFault) in try body.timeToLive(isStrict: false) }
        )
    }
}

extension WireOperation<String, TimeToLiveDescription> {
    /// DescribeTimeToLive; the input is the table's name.
    package static var describeTimeToLive: Self {
        Self(
            "DescribeTimeToLive",
            of: .tables,
            encodeInput: { $1.member("TableName", $0) },
            decodeInput: { (body) throws(JSONFault) in
                try body.allow(only: ["TableName"])
                return try body.tableName()
            },
            encodeOutput: { description, writer in
                writer.name("TimeToLiveDescription")
                writer.object { writer in
                    writer.member("TimeToLiveStatus", description.status.rawValue)
                    writer.member("AttributeName", description.attributeName)
                }
            },
            decodeOutput: { (body: WireObject) throws(JSONFault) in
                let description = try body.required("TimeToLiveDescription").object()
                return TimeToLiveDescription(
                    status: try description.choice("TimeToLiveStatus") ?? .disabled,
                    attributeName: try description.string("AttributeName")
                )
            }
        )
    }
}

extension JSONWriter {
    fileprivate mutating func timeToLive(_ specification: TimeToLiveSpecification) {
        self.name("TimeToLiveSpecification")
        self.object { writer in
            writer.name("Enabled")
            writer.bool(specification.isEnabled)
            writer.member("AttributeName", specification.attributeName)
        }
    }
}

extension WireObject {
    fileprivate func timeToLive(isStrict: Bool) throws(JSONFault) -> TimeToLiveSpecification {
        let specification = try self.required("TimeToLiveSpecification").object()
        if isStrict { try specification.allow(only: ["Enabled", "AttributeName"]) }
        return TimeToLiveSpecification(
            isEnabled: try specification.required("Enabled").bool(),
            attributeName: try specification.required("AttributeName").string()
        )
    }
}
