// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Turns the tree of a settings file into settings.
struct SettingsReader {
    let file: String
    private(set) var layer: SettingsLayer
    private var idle: [SettingsNode.Member] = []

    /// Creates a reader of a file, of which something may be known already.
    init(file: String, layer: SettingsLayer = SettingsLayer()) {
        self.file = file
        self.layer = layer
    }

    /// Reads the whole file.
    mutating func read(_ node: SettingsNode) {
        guard let members = node.members else {
            self.say(.error, node.place, "the file holds \(node.summary); an object is accepted")
            return
        }
        if let list = members.first(where: { $0.name == "EventSourceMappings" }) {
            self.say(
                .error,
                list.place,
                "this is a list of mappings; take one of them, as 'aws lambda get-event-source-mapping --uuid UUID' prints it"
            )
            return
        }
        for member in members { self.read(member) }
        guard let first = self.idle.first else { return }
        let names = self.idle.map(\.name)
        let verb = names.count > 1 ? "mean nothing here and are" : "means nothing here and is"
        let list =
            names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1] : names[0]
        self.say(.note, first.place, "\(list) \(verb) left out of account")
    }

    private mutating func read(_ member: SettingsNode.Member) {
        let name = member.name
        if let setting = PipelineSetting.named(name) {
            self.add(setting, member.node, place: member.place, name: name)
        } else if let setting = PipelineSetting.parameter(name) {
            self.readParameter(setting, member)
        } else if MappingParameter.structured.contains(name) {
            self.readStructured(member)
        } else if MappingParameter.withoutMeaning.contains(name) {
            self.idle.append(member)
        } else if let source = MappingParameter.ofOthers[name] {
            guard !member.node.isEmpty else { return }
            self.say(
                .error,
                member.place,
                "\(name) is for mappings of \(source); Weir reads streams of DynamoDB tables and has nothing like it"
            )
        } else {
            self.refuse(member)
        }
    }

    private mutating func refuse(_ member: SettingsNode.Member) {
        let name = member.name
        if let reason = PipelineSetting.excluded[name] {
            self.say(.error, member.place, "\(name) is no setting of a file: \(reason)")
            return
        }
        if SecretName.isOne(name) {
            self.say(.error, member.place, "\(name) \(SecretName.refusal)")
            return
        }
        let isParameter = name.first?.isUppercase == true
        let known = PipelineSetting.all.flatMap { [$0.key] + $0.aliases }
        let near =
            NearName.of(name, among: isParameter ? MappingParameter.names : known)
            ?? NearName.of(name, among: isParameter ? known : MappingParameter.names)
        if let near {
            self.say(.error, member.place, "\(name) is no setting; did you mean \(near)?")
        } else if isParameter {
            // Newer versions of AWS may print what is not known yet.
            self.say(.warning, member.place, "\(name) is no parameter that is known here, and is left out of account")
        } else {
            self.say(.error, member.place, "\(name) is no setting; 'weir config init' writes a file with all there are")
        }
    }

    // MARK: - Values

    /// Reads the value of a setting, which the file calls by that name; null is no value.
    mutating func add(
        _ setting: PipelineSetting,
        _ node: SettingsNode,
        place: TextPlace,
        name: String,
        isProposal: Bool = false
    ) {
        guard node.value != .null else { return }
        guard let values = Self.values(of: node, as: setting.shape) else {
            self.say(.error, node.place, "\(name) is \(node.summary); \(setting.shape.accepted) is accepted")
            self.layer.unread.insert(setting.key)
            return
        }
        if setting.key == "handler-env", let secret = values.first(where: Self.holdsSecret) {
            let name = secret.prefix { $0 != "=" }
            self.say(
                .error,
                node.place,
                "the value of \(name) in handler-env \(SecretName.refusal) The name alone takes the value it has here."
            )
            return
        }
        let source = SettingSource.file(self.file, place)
        var entry = SettingEntry(setting, name: name, values, source: source, isProposal: isProposal)
        entry.places = node.elements?.map(\.place) ?? [node.place]
        self.layer.add(entry)
    }

    private static func holdsSecret(_ variable: String) -> Bool {
        let parts = variable.split(separator: "=", maxSplits: 1)
        return parts.count == 2 && SecretName.isOne(String(parts[0]))
    }

    private static func values(of node: SettingsNode, as shape: PipelineSetting.Shape) -> [String]? {
        switch (shape, node.value) {
        case (.text, .text(let text)), (.number, .text(let text)), (.duration, .text(let text)),
            (.texts, .text(let text)), (.names, .text(let text)):
            return [text]
        case (.number, .integer(let number)), (.duration, .integer(let number)): return ["\(number)"]
        case (.number, .decimal(let number)), (.duration, .decimal(let number)): return [number]
        case (.toggle, .boolean(let value)): return ["\(value)"]
        case (.texts, .list(let elements)), (.names, .list(let elements)), (.words, .list(let elements)):
            let texts = elements.compactMap(\.text)
            guard texts.count == elements.count, shape != .words || !texts.isEmpty else { return nil }
            return texts
        default: return nil
        }
    }

    mutating func say(_ level: SettingRemark.Level, _ place: TextPlace, _ message: String) {
        self.layer.say(level, .file(self.file, place), message)
    }
}
