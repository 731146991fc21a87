// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

extension AggregateDefinition {
    /// Checks that the records of a stream tell what has to be added and subtracted.
    ///
    /// What comes in is in the new image, what goes out is in the old one, and a change needs both. Keys are always there,
    /// and do not change.
    ///
    /// - Parameters:
    ///   - viewType: The stream's view type.
    ///   - table: The stream's table, for the message.
    /// - Throws: ``HandlerSetupError`` that says what is needed.
    package func check(against viewType: StreamViewType, of table: String) throws(HandlerSetupError) {
        guard self.needsImages else { return }
        let missing = self.events.filter { !Self.tells($0, viewType) }
        guard !missing.isEmpty else { return }
        let needed = StreamViewType.allCases.filter { view in self.events.allSatisfy { Self.tells($0, view) } }
        let told = ChangeKind.allCases.filter { Self.tells($0, viewType) }
        var text =
            "\(self.summary) needs the images of an item for \(Self.names(missing)), and the stream of \(table) has "
            + "\(viewType.rawValue): \(Self.effect(of: missing)). Switch the stream off and on again with "
            + "\(needed.map(\.rawValue).joined(separator: " or "))"
        if !told.isEmpty { text += ", or handle only what this one tells: --events \(Self.names(told))" }
        throw HandlerSetupError(.invalidSetting, "\(text). A count by Keys.name works with every view type.")
    }

    private static func tells(_ kind: ChangeKind, _ viewType: StreamViewType) -> Bool {
        switch kind {
        case .insert: viewType.hasNewImage
        case .modify: viewType.hasNewImage && viewType.hasOldImage
        case .remove: viewType.hasOldImage
        }
    }

    private static func effect(of missing: [ChangeKind]) -> String {
        missing == [.insert] ? "what is new could not be added" : "what was there before could not be subtracted"
    }

    private static func names(_ kinds: [ChangeKind]) -> String {
        kinds.map(\.rawValue).joined(separator: ",")
    }
}
