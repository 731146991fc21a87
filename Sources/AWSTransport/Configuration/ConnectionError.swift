// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why there is no connection to try: something is missing or wrong in options, environment or profile.
package struct ConnectionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, to match on.
    package enum Code: String, Hashable, Sendable {
        /// No region is set anywhere.
        case regionMissing
        /// A setting has a value that is not accepted.
        case invalidSetting
        /// An endpoint is not a URL that can be used.
        case invalidEndpoint
        /// Credentials would go over plain http to another machine.
        case plainHTTPRefused
        /// The profile asked for is in neither file.
        case profileNotFound
        /// A configuration file cannot be read.
        case unreadableFile
        /// No credentials were found.
        case credentialsMissing
        /// A half of the credentials is missing.
        case credentialsIncomplete
        /// The credentials are of a kind that is not supported.
        case credentialsUnsupported
        /// The credentials are no longer valid.
        case credentialsExpired
    }

    /// What is wrong, to match on.
    package var code: Code
    /// What is wrong, one sentence without its full stop; shows no secret.
    package var message: String
    /// What to do next, one sentence or more.
    package var advice: String

    /// Creates an error.
    package init(_ code: Code, _ message: String, advice: String) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    /// Message and advice.
    package var description: String { "\(self.message). \(self.advice)" }
}
