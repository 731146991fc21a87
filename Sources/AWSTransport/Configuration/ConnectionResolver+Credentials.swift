// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning

extension ConnectionResolver {
    /// The credentials, from the first place that has any: environment, credentials file, configuration file.
    ///
    /// An explicit `--profile` goes before the environment; `AWS_PROFILE` does not.
    ///
    /// - Parameter isLocal: Whether all endpoints are on this machine. Then ``AWSCredentials/forLoopback`` stand in for
    ///   credentials that are missing, unless a profile was asked for.
    /// - Returns: The credentials; they check their expiry at each use.
    /// - Throws: What is missing; for kinds that are not supported, the command that turns them into supported ones.
    package func credentials(isLocal: Bool = false) throws(ConnectionError) -> StaticCredentials {
        do throws(ConnectionError) {
            return StaticCredentials(try self.findCredentials(), renewal: self.renewal)
        } catch {
            let isUnusable = [.credentialsMissing, .credentialsUnsupported].contains(error.code)
            guard isLocal, isUnusable, self.profile.choice == .byDefault else { throw error }
            return StaticCredentials(.forLoopback)
        }
    }

    private func findCredentials() throws(ConnectionError) -> AWSCredentials {
        if self.profile.choice != .option, let credentials = try self.environmentCredentials() { return credentials }
        let profile = self.profile
        if let kind = self.kindThatGoesBeforeKeys { throw self.unsupported(kind) }
        let inCredentialsFile = try self.keys(in: profile.credentials.values, of: profile.credentialsPath)
        if let inCredentialsFile { return inCredentialsFile }
        if let kind = self.kindThatGoesBeforeConfigurationKeys { throw self.unsupported(kind) }
        let inConfigurationFile = try self.keys(in: profile.configuration.values, of: profile.configurationPath)
        if let inConfigurationFile { return inConfigurationFile }
        let container = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        if container.contains(where: { self.context.variable($0) != nil }) {
            throw self.unsupported("a container's credentials (AWS_CONTAINER_CREDENTIALS_…)")
        }
        throw ConnectionError(
            .credentialsMissing,
            "No credentials were found in the environment, \(profile.credentialsPath) or \(profile.configurationPath)",
            advice: "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or make a profile with 'aws configure'. On an "
                + "instance or after a login of another kind, first run: \(self.exportCommand)"
        )
    }

    /// Kinds that a profile can ask for and that go before its keys.
    private var kindThatGoesBeforeKeys: String? {
        let profile = self.profile
        if profile.value("web_identity_token_file") != nil { return "a web identity (web_identity_token_file)" }
        if profile.value("role_arn") != nil { return "an assumed role (role_arn)" }
        if profile.choice != .option, self.context.variable("AWS_WEB_IDENTITY_TOKEN_FILE") != nil {
            return "a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)"
        }
        if profile.value("sso_session") != nil || profile.value("sso_start_url") != nil {
            return "IAM Identity Center (sso_session or sso_start_url)"
        }
        return nil
    }

    private var kindThatGoesBeforeConfigurationKeys: String? {
        if self.profile.value("login_session") != nil { return "a console login (login_session)" }
        if self.profile.value("credential_process") != nil { return "an external program (credential_process)" }
        return nil
    }

    private func environmentCredentials() throws(ConnectionError) -> AWSCredentials? {
        let accessKeyID = self.context.variable("AWS_ACCESS_KEY_ID")
        let secretAccessKey = self.context.variable("AWS_SECRET_ACCESS_KEY")
        guard accessKeyID != nil || secretAccessKey != nil else { return nil }
        guard let accessKeyID, let secretAccessKey else {
            throw self.incomplete(
                missing: accessKeyID == nil ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY",
                in: "the environment"
            )
        }
        var expiresAt: Int64?
        if let text = self.context.variable("AWS_CREDENTIAL_EXPIRATION") {
            guard let milliseconds = DateText.milliseconds(iso8601: text) else {
                throw ConnectionError(
                    .invalidSetting,
                    "AWS_CREDENTIAL_EXPIRATION is not a time",
                    advice: "It has to look like 2026-01-31T08:00:00Z; leave it out if there is no end."
                )
            }
            expiresAt = milliseconds
        }
        return AWSCredentials(
            signing: SigningCredential(
                accessKeyID: accessKeyID,
                secretAccessKey: secretAccessKey,
                sessionToken: self.context.variable("AWS_SESSION_TOKEN")
                    ?? self.context.variable("AWS_SECURITY_TOKEN")
            ),
            expiresAt: expiresAt,
            source: "the environment"
        )
    }

    private func keys(in values: [String: String], of path: String) throws(ConnectionError) -> AWSCredentials? {
        func value(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
        let accessKeyID = value("aws_access_key_id")
        let secretAccessKey = value("aws_secret_access_key")
        guard accessKeyID != nil || secretAccessKey != nil else { return nil }
        guard let accessKeyID, let secretAccessKey else {
            throw self.incomplete(
                missing: accessKeyID == nil ? "aws_access_key_id" : "aws_secret_access_key",
                in: "profile '\(self.profile.name)' of \(path)"
            )
        }
        return AWSCredentials(
            signing: SigningCredential(
                accessKeyID: accessKeyID,
                secretAccessKey: secretAccessKey,
                sessionToken: value("aws_session_token") ?? value("aws_security_token")
            ),
            source: "profile '\(self.profile.name)' of \(path)"
        )
    }

    private func incomplete(missing: String, in place: String) -> ConnectionError {
        ConnectionError(
            .credentialsIncomplete,
            "The credentials in \(place) are incomplete: \(missing) is missing",
            advice: "Set both the access key and its secret, or neither."
        )
    }

    private func unsupported(_ kind: String) -> ConnectionError {
        ConnectionError(
            .credentialsUnsupported,
            "The credentials of profile '\(self.profile.name)' come from \(kind), which Weir cannot read by itself",
            advice: "Let the AWS CLI put them into the environment: \(self.exportCommand)"
        )
    }

    private var renewal: String { "Get new ones; with the AWS CLI: \(self.exportCommand)" }

    /// The command that puts any kind of credentials into the environment.
    private var exportCommand: String {
        let name = self.profile.name
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        let word = isPlain ? name : "'\(name.replacing("'", with: "'\\''"))'"
        let command = #"eval "$(aws configure export-credentials --profile \#(word) --format env)""#
        guard self.profile.choice == .option else { return command }
        // An explicit --profile would go before the variables that this sets.
        return "\(command) and then give AWS_PROFILE=\(word) in the environment in place of --profile"
    }
}
