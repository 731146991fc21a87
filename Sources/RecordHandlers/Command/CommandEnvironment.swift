// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The environment of a program that handles batches: little of ours, and no credentials unless they are asked for.
package enum CommandEnvironment {
    /// What a program gets of our environment if it is there.
    package static let passed = ["PATH", "HOME", "LANG", "TZ"]

    /// Our variables that hold credentials or say where they are.
    package static let credentials: Set<String> = [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "AWS_CREDENTIAL_EXPIRATION",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    ]

    /// Puts the environment together.
    ///
    /// - Parameters:
    ///   - ours: Our own environment.
    ///   - settings: What the user adds: `NAME=VALUE`, or `NAME` for the value that it has here.
    ///   - includesCredentials: Whether the program gets our credentials, and all other variables that begin with `AWS_`.
    ///   - profile: The profile that was asked for by an option, which the program then gets as `AWS_PROFILE`.
    /// - Returns: All variables of the program.
    /// - Throws: For a setting that is none, a name that is not set, and credentials that were not asked for.
    package static func variables(
        of ours: [String: String],
        settings: [String],
        includesCredentials: Bool,
        profile: String? = nil
    ) throws(HandlerSetupError) -> [String: String] {
        var result: [String: String] = [:]
        for name in Self.passed { result[name] = ours[name] }
        if includesCredentials {
            for (name, value) in ours where name.hasPrefix("AWS_") { result[name] = value }
            if let profile { result["AWS_PROFILE"] = profile }
        }
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard !name.isEmpty, !setting.utf8.contains(0) else {
                throw HandlerSetupError(
                    .invalidSetting,
                    "The value '\(setting)' is invalid for '--handler-env': NAME=VALUE is accepted, or NAME for the value "
                        + "that it has here."
                )
            }
            guard includesCredentials || !Self.credentials.contains(name) else {
                throw HandlerSetupError(
                    .invalidSetting,
                    "--handler-env \(name) would give the program credentials. Add --handler-credentials if that is "
                        + "what you want."
                )
            }
            if parts.count == 2 {
                result[name] = String(parts[1])
            } else if let value = ours[name] {
                result[name] = value
            } else {
                throw HandlerSetupError(
                    .invalidSetting,
                    "--handler-env \(name): there is no such variable here. Set it, or give its value: \(name)=VALUE."
                )
            }
        }
        return result
    }
}
