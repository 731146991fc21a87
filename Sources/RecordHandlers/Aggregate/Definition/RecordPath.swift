// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where a value of a record's item is: `NewImage.total`, `NewImage.address.country`, `Keys.customerId`.
///
/// It names an attribute of the item. Of a change that takes the item away or alters it, the value before it is at the same
/// place of the old image. Where an item has no attribute of that name and the name has dots, it is a path through maps.
package struct RecordPath: Hashable, Sendable, CustomStringConvertible {
    let source: RecordPlace
    /// The attribute's name, or a path.
    let name: String

    /// Reads a path.
    ///
    /// - Throws: ``HandlerSetupError`` that says what is accepted; whose value it is, the reader of the option says.
    package init(_ text: String) throws(HandlerSetupError) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, let source = RecordPlace(rawValue: String(parts[0])),
            source != .oldImage
        else {
            throw HandlerSetupError(
                .invalidSetting,
                "Keys.name and NewImage.name are accepted"
                    + (parts.first == "OldImage"
                        ? "; the value before a change is taken from the old image by itself" : "")
            )
        }
        self.source = source
        self.name = String(parts[1])
    }

    /// The path as it is written.
    package var description: String { "\(self.source.rawValue).\(self.name)" }

    /// Whether it needs an image.
    var needsImage: Bool { self.source == .newImage }
}
