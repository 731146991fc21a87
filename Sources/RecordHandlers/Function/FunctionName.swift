// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a function in any of the forms that Lambda's Invoke API takes.
///
/// `name`, `name:qualifier`, `account:function:name`, `arn:…:lambda:region:account:function:name[:qualifier]`.
package struct FunctionName: Hashable, Sendable, CustomStringConvertible {
    /// The text as it was given.
    package let text: String
    /// The name alone.
    package let name: String
    /// The region of an ARN; nil if it is none.
    package let region: String?
    /// The account; nil if it is not named.
    package let account: String?
    /// The version or alias; nil if it is not named.
    package let qualifier: String?

    /// Reads a name.
    ///
    /// - Throws: ``HandlerSetupError`` if it is none of the forms.
    package init(_ text: String) throws(HandlerSetupError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        self.text = text
        if parts.first == "arn" {
            guard parts.count == 7 || parts.count == 8, parts[2] == "lambda", !parts[3].isEmpty, parts[5] == "function"
            else { throw Self.refusal(text) }
            self.region = parts[3]
            self.account = parts[4]
            self.name = parts[6]
            self.qualifier = parts.count == 8 ? parts[7] : nil
        } else if parts.count >= 3 {
            guard parts.count <= 4, parts[1] == "function" else { throw Self.refusal(text) }
            self.region = nil
            self.account = parts[0]
            self.name = parts[2]
            self.qualifier = parts.count == 4 ? parts[3] : nil
        } else {
            self.region = nil
            self.account = nil
            self.name = parts[0]
            self.qualifier = parts.count == 2 ? parts[1] : nil
        }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "$"),
                UInt8(ascii: "."), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard isPlain, !self.name.isEmpty, text.last != ":", text.utf8.count <= 170 else { throw Self.refusal(text) }
    }

    /// The text as it was given.
    package var description: String { self.text }

    /// The ARN: the text itself if it is one.
    ///
    /// - Parameters:
    ///   - partition: The part of AWS; nil: `aws`.
    ///   - region: Where it is invoked.
    ///   - account: The account; nil: zeros stand for one that is not known.
    /// - Returns: The ARN with the qualifier, if there is one.
    package func arn(partition: String?, region: String, account: String?) -> String {
        guard self.region == nil else { return self.text }
        let arn = "arn:\(partition ?? "aws"):lambda:\(region):\(account ?? "000000000000"):function:\(self.name)"
        return arn + (self.qualifier.map { ":\($0)" } ?? "")
    }

    private static func refusal(_ text: String) -> HandlerSetupError {
        HandlerSetupError(
            .invalidSetting,
            "The value '\(text)' is invalid for '--function <name>': a function's name is accepted, name:alias, or an "
                + "ARN like arn:aws:lambda:us-east-1:123456789012:function:name"
        )
    }
}
