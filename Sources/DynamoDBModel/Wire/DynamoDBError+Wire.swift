// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension DynamoDBError {
    /// The error as the body of an answer, `{"__type":"…#ValidationException","message":"…"}`.
    package func encodedBody() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("__type", "\(self.namespace)#\(self.code.name)")
            writer.member(self.hasCapitalMessage ? "Message" : "message", self.message)
            switch self.detail {
            case nil, .conditionalCheckFailed(nil): break
            case .conditionalCheckFailed(let item?): writer.member("Item", item)
            case .transactionCanceled(let reasons):
                writer.name("CancellationReasons")
                writer.array(reasons) { reason, writer in
                    writer.object { writer in
                        writer.member("Code", reason.code.name)
                        writer.member("Message", reason.message)
                        writer.member("Item", reason.item)
                    }
                }
            }
        }
        return writer.bytes
    }

    /// The error that the service answered with.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - body: The body; need not be JSON, as what stands between may answer too.
    ///   - requestID: The header `x-amzn-RequestId`.
    ///   - operation: The operation, `GetRecords`.
    package init(status: Int, body: [UInt8], requestID: String?, operation: String?) {
        let json = try? JSONValue(parsing: body, maximumDepth: 32, maximumBytes: 1 << 20)
        guard let json, let type = json["__type"]?.string ?? json["code"]?.string else {
            self.init(
                status >= 500 ? .internalServerError : .malformedResponse,
                "HTTP status \(status) without an error of the service (\(body.count) bytes)",
                operation: operation,
                requestID: requestID,
                status: status
            )
            return
        }
        var message = json["message"]?.string ?? json["Message"]?.string ?? ""
        if let reasons = Self.throttlingReasons(json) { message += " [\(reasons)]" }
        self.init(
            Code(Self.name(type)),
            message,
            operation: operation,
            requestID: requestID,
            status: status
        )
        self.detail = Self.detail(of: self.code, body)
    }

    /// What is behind `#`, and before `:` where a URI follows.
    private static func name(_ type: String) -> String {
        let name = type.split(separator: "#").last ?? ""
        return String(name.prefix { $0 != ":" })
    }

    /// What the body tells beside the text; nil if there is nothing, or nothing that can be read.
    private static func detail(of code: Code, _ body: [UInt8]) -> Detail? {
        switch code {
        case .conditionalCheckFailed:
            let item = try? WireValue(body: body).object().item("Item", isStrict: false)
            return .conditionalCheckFailed(item: item)
        case .transactionCanceled:
            let reasons = try? WireValue(body: body).object().objects("CancellationReasons") {
                (reason) throws(JSONFault) in
                CancellationReason(
                    CancellationReason.Code(try reason.string("Code") ?? "None"),
                    message: try reason.string("Message"),
                    item: try reason.item("Item", isStrict: false)
                )
            }
            return reasons.map { .transactionCanceled(reasons: $0) }
        default: return nil
        }
    }

    /// Which limit throttled a call: tells a hot key from a small table.
    private static func throttlingReasons(_ json: JSONValue) -> String? {
        guard let reasons = (json["ThrottlingReasons"] ?? json["throttlingReasons"])?.array, !reasons.isEmpty else {
            return nil
        }
        return reasons.map { reason in
            [reason["reason"]?.string, reason["resource"]?.string].compactMap { $0 }.joined(separator: " ")
        }.joined(separator: ", ")
    }

    /// Whether the model spells the text with a capital: the protocol's own error does, and those of transactions.
    private var hasCapitalMessage: Bool {
        [.serialization, .transactionCanceled, .transactionInProgress, .idempotentParameterMismatch].contains(self.code)
    }

    private var namespace: String {
        switch self.code {
        case .validation: return "com.amazon.coral.validate"
        case .serialization, .unknownOperation, .accessDenied, .expiredToken, .unrecognizedClient:
            return "com.amazon.coral.service"
        default:
            let isProtocols = [
                "MissingAuthenticationTokenException", "IncompleteSignatureException", "InvalidSignatureException",
                "MissingAuthenticationToken", "InternalFailure", "ServiceUnavailableException",
            ].contains(self.code.name)
            return isProtocols ? "com.amazon.coral.service" : "com.amazonaws.dynamodb.v20120810"
        }
    }
}
