// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Testing

@Suite struct RetryTests {
    private func retry(_ variables: [String: String] = [:], config: String? = nil) throws -> RetryConfiguration {
        try ConnectionResolver(options: .init(), context: context(variables, config: config))
            .retryConfiguration(of: .example)
    }

    @Test func threeAttemptsAreTheDefault() throws {
        #expect(try self.retry() == .standard)
        #expect(RetryConfiguration.standard.maximumAttempts == 3)
    }

    @Test func environmentAndProfileSayModeAndAttempts() throws {
        let config = "[default]\nretry_mode = legacy\nmax_attempts = 7\n"
        #expect(try self.retry(config: config).maximumAttempts == 7)
        #expect(try self.retry(config: config).mode == .legacy)
        let variables = ["AWS_RETRY_MODE": "adaptive", "AWS_MAX_ATTEMPTS": "2"]
        #expect(try self.retry(variables, config: config).mode == .adaptive)
        #expect(try self.retry(variables, config: config).maximumAttempts == 2)
    }

    @Test func legacyModeHasTheServicesOwnNumbers() throws {
        let retry = try self.retry(["AWS_RETRY_MODE": "legacy"])
        #expect(retry.maximumAttempts == 10 && retry.firstPause == .milliseconds(50))
    }

    @Test(arguments: [("AWS_RETRY_MODE", "often"), ("AWS_MAX_ATTEMPTS", "0"), ("AWS_MAX_ATTEMPTS", "many")])
    func otherValuesAreRefused(variable: String, value: String) throws {
        let error = try #require(throws: ConnectionError.self) { try self.retry([variable: value]) }
        #expect(error.code == .invalidSetting && error.message.contains(variable))
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 4), (5, 16), (6, 20), (60, 20)])
    func theLongestPauseDoublesUpToTwentySeconds(retry: Int, seconds: Int) {
        #expect(RetryConfiguration.standard.pause(beforeRetry: retry, random: 1) == .seconds(seconds))
        #expect(RetryConfiguration.standard.pause(beforeRetry: retry, random: 0.25) == .seconds(seconds) / 4)
        #expect(RetryConfiguration.standard.pause(beforeRetry: retry, random: 0) == .zero)
    }
}
