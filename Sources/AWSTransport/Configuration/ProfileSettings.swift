// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What both configuration files say about the chosen profile.
struct ProfileSettings: Sendable {
    /// The profile's name.
    let name: String
    /// How it was chosen.
    let choice: Choice
    /// Its section in the configuration file.
    let configuration: ProfileFile.Section
    /// Its section in the credentials file.
    let credentials: ProfileFile.Section
    /// The section `[services …]` it names; empty if it names none.
    let services: ProfileFile.Section
    /// The configuration file's path, for messages.
    let configurationPath: String
    /// The credentials file's path, for messages.
    let credentialsPath: String

    /// How a profile came to be used.
    enum Choice: Hashable, Sendable {
        /// By an option on the command line.
        case option
        /// By `AWS_PROFILE`.
        case environment
        /// Nothing else was said.
        case byDefault
    }

    /// Reads the files that the context names and finds the profile in them.
    init(options: ConnectionOptions, context: ProcessContext) throws(ConnectionError) {
        let configurationPath = Self.path("AWS_CONFIG_FILE", otherwise: "config", context: context)
        let credentialsPath = Self.path("AWS_SHARED_CREDENTIALS_FILE", otherwise: "credentials", context: context)
        let configurationFile = try Self.read(configurationPath, context: context)
        let credentialsFile = try Self.read(credentialsPath, context: context)
        if let profile = options.profile {
            self.name = profile
            self.choice = .option
        } else if let profile = context.variable("AWS_PROFILE") ?? context.variable("AWS_DEFAULT_PROFILE") {
            self.name = profile
            self.choice = .environment
        } else {
            self.name = "default"
            self.choice = .byDefault
        }
        let configuration =
            configurationFile.sections["profile \(self.name)"]
            ?? (self.name == "default" ? configurationFile.sections["default"] : nil)
        let credentials = credentialsFile.sections[self.name]
        if configuration == nil, credentials == nil, self.choice != .byDefault {
            throw Self.notFound(self.name, choice: self.choice, in: (configurationFile, credentialsFile))
        }
        let services = configuration?.values["services"].map { configurationFile.sections["services \($0)"] }
        self.configuration = configuration ?? ProfileFile.Section()
        self.credentials = credentials ?? ProfileFile.Section()
        self.services = (services ?? nil) ?? ProfileFile.Section()
        self.configurationPath = configurationPath
        self.credentialsPath = credentialsPath
    }

    /// A setting, from the credentials file if it is there, else from the configuration file.
    func value(_ name: String) -> String? {
        let value = self.credentials.values[name] ?? self.configuration.values[name]
        return value.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func path(_ variable: String, otherwise file: String, context: ProcessContext) -> String {
        guard let path = context.variable(variable) else { return "\(context.homeDirectory)/.aws/\(file)" }
        guard path == "~" || path.hasPrefix("~/") else { return path }
        return context.homeDirectory + path.dropFirst()
    }

    private static func read(_ path: String, context: ProcessContext) throws(ConnectionError) -> ProfileFile {
        let text: String?
        do {
            text = try context.readFile(path)
        } catch {
            throw ConnectionError(
                .unreadableFile,
                "The file \(path) cannot be read",
                advice: "Check its permissions, or name another one with AWS_CONFIG_FILE or "
                    + "AWS_SHARED_CREDENTIALS_FILE."
            )
        }
        guard let text else { return ProfileFile() }
        do throws(ProfileFile.Malformed) {
            return try ProfileFile(parsing: text)
        } catch {
            throw ConnectionError(
                .unreadableFile,
                "The file \(path) cannot be understood at line \(error.line): \(error.problem)",
                advice: "Correct that line."
            )
        }
    }

    private static func notFound(
        _ name: String,
        choice: Choice,
        in files: (configuration: ProfileFile, credentials: ProfileFile)
    ) -> ConnectionError {
        let inConfiguration = files.configuration.sections.keys.compactMap { heading -> String? in
            if heading == "default" { return heading }
            return heading.hasPrefix("profile ") ? String(heading.dropFirst("profile ".count)) : nil
        }
        let known = Set(inConfiguration).union(files.credentials.sections.keys).sorted()
        let origin = choice == .option ? "--profile" : "AWS_PROFILE"
        return ConnectionError(
            .profileNotFound,
            "There is no profile '\(name)' (\(origin))",
            advice: known.isEmpty
                ? "There are no profiles at all; 'aws configure' makes one."
                : "Known profiles: \(known.joined(separator: ", "))."
        )
    }
}
