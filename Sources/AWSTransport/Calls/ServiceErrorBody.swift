// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The members that errors of AWS's protocols share: JSON, and XML as S3 and the query protocol have it.
struct ServiceErrorBody: Hashable, Sendable {
    /// The code without its namespace; empty if there is none.
    var code = ""
    /// The text; empty if there is none.
    var message = ""

    /// Finds code and text in a header and a body; a body that is neither JSON nor XML counts as empty.
    init(typeHeader: String?, body: [UInt8]) {
        struct Members: Decodable {
            var type: String?
            var code: String?
            var message: String?
            var capitalMessage: String?

            // Services differ in how they spell these.
            enum CodingKeys: String, CodingKey {
                case type = "__type"
                case code
                case message
                case capitalMessage = "Message"
            }
        }
        if body.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
            self.code = Self.withoutNamespace(typeHeader ?? XMLElements.first("Code", in: body) ?? "")
            self.message = XMLElements.first("Message", in: body) ?? ""
            return
        }
        let members = try? JSONDecoder().decode(Members.self, from: Data(body))
        self.code = Self.withoutNamespace(typeHeader ?? members?.type ?? members?.code ?? "")
        self.message = members?.message ?? members?.capitalMessage ?? ""
    }

    /// `com.amazonaws.dynamodb.v20120810#X` and `X:http://…` are both `X`.
    private static func withoutNamespace(_ text: String) -> String {
        let name = text.split(separator: "#", omittingEmptySubsequences: false).last ?? ""
        return String(name.prefix { $0 != ":" })
    }
}
