// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// One of the items that a record has, as templates and conditions name it.
package enum RecordPlace: String, Hashable, Sendable, CaseIterable {
    /// The key attributes.
    case keys = "Keys"
    /// The item after the change.
    case newImage = "NewImage"
    /// The item before the change.
    case oldImage = "OldImage"

    /// Whether the records of a stream can have it.
    package func isIn(_ viewType: StreamViewType) -> Bool {
        switch self {
        case .keys: true
        case .newImage: viewType == .newImage || viewType == .newAndOldImages
        case .oldImage: viewType == .oldImage || viewType == .newAndOldImages
        }
    }

    /// Whether a change can have it.
    package func isIn(_ kind: ChangeKind) -> Bool {
        switch self {
        case .keys: true
        case .newImage: kind != .remove
        case .oldImage: kind != .insert
        }
    }

    /// Checks that the records of a stream can have it.
    ///
    /// - Parameters:
    ///   - viewType: What the stream's records hold.
    ///   - subject: What names it, for people.
    /// - Throws: ``HandlerSetupError`` if the view type leaves it out.
    func check(in viewType: StreamViewType, of subject: String) throws(HandlerSetupError) {
        guard self.isIn(viewType) else {
            throw HandlerSetupError(
                .invalidSetting,
                "\(subject) names \(self.rawValue), which no record of this stream has: its view type is "
                    + "\(viewType.rawValue). Name Keys, or switch the stream off and on with another view type."
            )
        }
    }
}
