// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A text that is compared without regard to case, letter by letter.
///
/// As the engine behind AWS's patterns does it: each letter of the pattern stands for its small and its capital form in
/// any language, `ß` for itself and for `SS`.
struct CaseFoldedText: Hashable, Sendable {
    /// The forms of each letter in UTF-8; one form if the letter has no case.
    private let letters: [[[UInt8]]]

    init(_ text: String) {
        self.letters = text.unicodeScalars.map { scalar in
            var forms = [Array(String(scalar).utf8)]
            for form in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
                let bytes = Array(form.utf8)
                if !forms.contains(bytes) { forms.append(bytes) }
            }
            return forms
        }
    }

    func equals(_ text: ArraySlice<UInt8>) -> Bool {
        self.restAfterPrefix(text)?.isEmpty ?? false
    }

    func isPrefix(of text: ArraySlice<UInt8>) -> Bool {
        self.restAfterPrefix(text) != nil
    }

    func isSuffix(of text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        for forms in self.letters.reversed() {
            guard let form = forms.first(where: { rest.suffix($0.count).elementsEqual($0) }) else { return false }
            rest = rest.dropLast(form.count)
        }
        return true
    }

    private func restAfterPrefix(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = text
        for forms in self.letters {
            guard let form = forms.first(where: { rest.starts(with: $0) }) else { return nil }
            rest = rest.dropFirst(form.count)
        }
        return rest
    }
}
