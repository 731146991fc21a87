// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Tells names of what does not belong into a settings file.
enum SecretName {
    private static let words = [
        "secret", "password", "passwd", "passphrase", "token", "accesskey", "apikey", "privatekey", "credential",
    ]

    /// Whether the name is that of a secret.
    static func isOne(_ name: String) -> Bool {
        let letters = name.lowercased().filter { $0.isLetter }
        return Self.words.contains { letters.contains($0) }
    }

    /// What is said instead of reading it.
    static let refusal =
        "looks like a secret, and settings files hold none, so that they can be shared: credentials come from the environment "
        + "or from the profile that 'profile' names. Take it out of the file."
}
