// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The service's words for a value of the wrong JSON type.
enum JSONTypeFault {
    /// What should have been there.
    enum Expected: String {
        case string = "String"
        case integer = "Integer"
        case boolean = "Boolean"
        case structure
        case list
    }

    /// The fault of a value whose first byte is `found`, nil at the end of the document.
    static func fault(found: UInt8?, expected: Expected, offset: Int? = nil) -> JSONFault {
        guard let found else { return JSONFault(.syntax, "the document ends too early", offset: offset) }
        let name: String
        switch Unicode.Scalar(found) {
        case "{": return JSONFault(.type, "Start of structure or map found where not expected", offset: offset)
        case "[": return JSONFault(.type, "Start of list found where not expected", offset: offset)
        case "\"": name = "STRING_VALUE"
        case "t": name = "TRUE_VALUE"
        case "f": name = "FALSE_VALUE"
        case "n": name = "NULL_VALUE"
        default: name = "NUMBER_VALUE"
        }
        switch expected {
        case .structure: return JSONFault(.type, "\(name) found where a structure or map was expected", offset: offset)
        case .list: return JSONFault(.type, "\(name) found where a list was expected", offset: offset)
        default: return JSONFault(.type, "\(name) cannot be converted to \(expected.rawValue)", offset: offset)
        }
    }
}
