// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// One number that is kept for each group: how many items there are, or the sum of an attribute of theirs.
package struct AggregateValue: Hashable, Sendable, CustomStringConvertible {
    /// What is added up.
    package enum Function: Hashable, Sendable, CustomStringConvertible {
        /// One for each item.
        case count
        /// A number of each item; nothing for an item without it.
        case sum(RecordPath)

        /// As it is written: `count` or `sum:NewImage.total`.
        package var description: String {
            switch self {
            case .count: "count"
            case .sum(let path): "sum:\(path)"
            }
        }
    }

    /// The attribute that keeps it.
    package let name: String
    /// What is added up.
    package let function: Function

    /// Reads `count`, `sum:NewImage.total` or, with a name of its own, `revenue=sum:NewImage.total`.
    ///
    /// Without one, a sum is kept as `sum_` and the attribute's name.
    ///
    /// - Throws: ``HandlerSetupError`` that says what is accepted; whose value it is, the reader of the option says.
    package init(_ text: String) throws(HandlerSetupError) {
        func refusal(_ accepted: String) -> HandlerSetupError { HandlerSetupError(.invalidSetting, accepted) }
        let equals = text.firstIndex(of: "=")
        let expression = equals.map { text[text.index(after: $0)...] } ?? text[...]
        if expression == "count" {
            self.function = .count
        } else if expression.hasPrefix("sum:") {
            do throws(HandlerSetupError) {
                self.function = .sum(try RecordPath(String(expression.dropFirst(4))))
            } catch {
                throw refusal("behind sum: Keys.name and NewImage.name are accepted, such as sum:NewImage.total")
            }
        } else {
            throw refusal("count and sum:PATH are accepted, each with NAME= before it, such as sum:NewImage.total")
        }
        if let equals {
            self.name = String(text[..<equals])
        } else if case .sum(let path) = self.function {
            self.name = "sum_" + path.name.map { $0 == "." ? "_" : String($0) }.joined()
        } else {
            self.name = "count"
        }
        guard (1...255).contains(self.name.utf8.count), !self.name.hasPrefix(AggregateKey.reserved) else {
            throw refusal("the name has 1 to 255 bytes and does not begin with \(AggregateKey.reserved)")
        }
    }

    /// As it is written, always with its name.
    package var description: String { "\(self.name)=\(self.function)" }

    var path: RecordPath? {
        switch self.function {
        case .count: nil
        case .sum(let path): path
        }
    }
}
