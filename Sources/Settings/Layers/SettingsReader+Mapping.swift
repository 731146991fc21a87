// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension SettingsReader {
    /// Reads a parameter whose values are those of a setting.
    mutating func readParameter(_ setting: PipelineSetting, _ member: SettingsNode.Member) {
        guard setting.key == "stream-arn", let arn = member.node.text else {
            self.readPlain(setting, member)
            return
        }
        let fields = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        if fields.count == 6, fields[0] == "arn", fields[2] != "dynamodb" {
            self.say(
                .error,
                member.place,
                "\(member.name) names a source of \(fields[2]); Weir reads streams of DynamoDB tables"
            )
        } else {
            self.readPlain(setting, member)
        }
    }

    /// Reads a value as the setting takes it, but times in whole seconds, as the parameter's name says.
    private mutating func readPlain(_ setting: PipelineSetting, _ member: SettingsNode.Member) {
        switch member.node.value {
        case .text, .decimal:
            guard setting.shape == .duration else { break }
            self.say(
                .error,
                member.node.place,
                "\(member.name) is \(member.node.summary); a whole number of seconds is accepted, and \(setting.key) takes "
                    + "texts such as \"5m\""
            )
            return
        default: break
        }
        self.add(setting, member.node, place: member.place, name: member.name)
    }

    /// Reads a parameter that has a way of its own.
    mutating func readStructured(_ member: SettingsNode.Member) {
        switch member.name {
        case "FilterCriteria": self.readFilters(member)
        case "FilterCriteriaError":
            guard !member.node.isEmpty else { return }
            self.say(
                .error,
                member.place,
                "the filters could not be decrypted when this was printed, and without them all records would be handled; "
                    + "print it as somebody who may use the key of KMSKeyArn"
            )
        case "DestinationConfig": self.readDestinations(member)
        case "State": self.readState(member)
        case "FunctionArn", "FunctionName": self.propose("function", member)
        default: preconditionFailure("no way to read \(member.name)")
        }
    }

    /// Reads `{"Filters": [{"Pattern": "…"}]}`.
    private mutating func readFilters(_ member: SettingsNode.Member) {
        guard let filters = self.only("Filters", in: member.node, of: member.name) else { return }
        guard let elements = filters.elements else {
            self.say(.error, filters.place, "Filters is \(filters.summary); a list is accepted")
            return
        }
        let patterns = elements.compactMap { self.only("Pattern", in: $0, of: "Filters") }
        guard patterns.count == elements.count else { return }
        self.set(
            "filter",
            SettingsNode(value: .list(patterns), place: filters.place),
            place: member.place,
            name: "Pattern"
        )
    }

    /// Reads `{"OnFailure": {"Destination": "arn:…"}}`.
    private mutating func readDestinations(_ member: SettingsNode.Member) {
        guard let destinations = member.node.members else {
            if !member.node.isEmpty {
                self.say(
                    .error,
                    member.node.place,
                    "DestinationConfig is \(member.node.summary); an object is accepted"
                )
            }
            return
        }
        for destination in destinations where !destination.node.isEmpty {
            guard destination.name == "OnFailure" else {
                self.say(
                    .error,
                    destination.place,
                    "\(destination.name) in DestinationConfig is nothing that mappings of streams have; OnFailure is accepted"
                )
                continue
            }
            guard let arn = self.only("Destination", in: destination.node, of: destination.name) else { continue }
            self.set("on-failure", arn, place: destination.place, name: destination.name, isProposal: true)
        }
    }

    /// Reads `Enabled`, `Disabled` and what is on the way to them.
    private mutating func readState(_ member: SettingsNode.Member) {
        switch member.node.text {
        case "Enabled", "Enabling", "Creating", "Updating": break
        case "Disabled", "Disabling":
            let disabled = SettingsNode(value: .boolean(false), place: member.node.place)
            self.set("enabled", disabled, place: member.place, name: member.name)
        case "Deleting": self.say(.warning, member.place, "the mapping was being deleted when this was printed")
        default:
            guard member.node.value != .null else { return }
            self.say(
                .error,
                member.node.place,
                "State is \(member.node.summary); Creating, Enabling, Enabled, Disabling, Disabled, Updating and Deleting are "
                    + "accepted"
            )
        }
    }

    private mutating func propose(_ key: String, _ member: SettingsNode.Member) {
        self.set(key, member.node, place: member.place, name: member.name, isProposal: true)
    }

    private mutating func set(
        _ key: String,
        _ node: SettingsNode,
        place: TextPlace,
        name: String,
        isProposal: Bool = false
    ) {
        guard let setting = PipelineSetting.named(key) else { preconditionFailure("no setting \(key)") }
        self.add(setting, node, place: place, name: name, isProposal: isProposal)
    }

    /// The value of the one member that a table may have; nil: there is none, and what is wrong has been said.
    private mutating func only(_ name: String, in node: SettingsNode, of parent: String) -> SettingsNode? {
        guard let members = node.members else {
            if node.value != .null {
                self.say(.error, node.place, "\(parent) holds \(node.summary); an object with \(name) is accepted")
            }
            return nil
        }
        var found: SettingsNode?
        for member in members {
            if member.name == name {
                found = member.node
            } else {
                self.say(.error, member.place, "\(member.name) in \(parent) is not known; \(name) is accepted")
            }
        }
        return found?.value == .null ? nil : found
    }
}
