// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Finds elements in the small XML documents of S3 and of the query protocol, by name and wherever they are.
///
/// Enough for answers without attributes worth reading, comments or CDATA, which these services do not send. An element of
/// the same name inside of an element is not told from its end.
package enum XMLElements {
    /// The text of the first element of that name, without references; nil if there is none.
    package static func first(_ name: String, in document: some Collection<UInt8>) -> String? {
        Self.contents(of: name, in: Array(document), limit: 1).first.map { Self.text($0) }
    }

    /// What stands between beginning and end of each element of that name, in order.
    package static func all(_ name: String, in document: some Collection<UInt8>) -> [[UInt8]] {
        Self.contents(of: name, in: Array(document), limit: .max).map { Array($0) }
    }

    /// Writes text so that it can stand in an element.
    ///
    /// A character that XML 1.0 cannot hold is left as it is: the service says what it makes of it.
    package static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\r": result += "&#13;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func contents(of name: String, in document: [UInt8], limit: Int) -> [ArraySlice<UInt8>] {
        let begin = Array("<\(name)".utf8)
        let end = Array("</\(name)>".utf8)
        var found: [ArraySlice<UInt8>] = []
        var position = document.startIndex
        while found.count < limit, let start = Self.find(begin, in: document, from: position) {
            position = start + begin.count
            // `<Code` is also how `<CodeName>` begins.
            guard position < document.count, Self.endsName(document[position]) else { continue }
            guard let close = document[position...].firstIndex(of: UInt8(ascii: ">")) else { break }
            position = close + 1
            if document[close - 1] == UInt8(ascii: "/") {
                found.append([])
                continue
            }
            guard let stop = Self.find(end, in: document, from: position) else { break }
            found.append(document[position..<stop])
            position = stop + end.count
        }
        return found
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte <= 0x20
    }

    private static func find(_ pattern: [UInt8], in document: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first else { return nil }
        var position = start
        while position + pattern.count <= document.count {
            guard let next = document[position...].firstIndex(of: first), next + pattern.count <= document.count else {
                return nil
            }
            if document[next..<(next + pattern.count)].elementsEqual(pattern) { return next }
            position = next + 1
        }
        return nil
    }

    /// Text with its references put in: the five of XML, and numbers.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var result = ""
        var rest = Substring(String(decoding: bytes, as: UTF8.self))
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[start...]
            guard let end = rest.firstIndex(of: ";"), let scalar = Self.scalar(rest[..<end].dropFirst()) else {
                result.append(rest.removeFirst())
                continue
            }
            result.unicodeScalars.append(scalar)
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func scalar(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.first == "#" else { return nil }
            let digits = name.dropFirst()
            let value = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap(Unicode.Scalar.init)
        }
    }
}
