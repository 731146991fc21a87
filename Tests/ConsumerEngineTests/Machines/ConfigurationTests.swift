// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// Ranges and defaults of the settings, Lambda's where it has the same.
@Suite struct ConfigurationTests {
    private typealias Change = @Sendable (inout ConsumerConfiguration) -> Void

    private func refusal(_ change: Change) -> String? {
        var configuration = ConsumerConfiguration(streamARN: ScriptedService.streamARN)
        change(&configuration)
        do throws(ConsumerError) {
            try configuration.validate()
            return nil
        } catch {
            return error.code == .invalidConfiguration ? error.message : "\(error.code)"
        }
    }

    @Test func theDefaultsAreThoseOfAnEventSourceMapping() {
        let configuration = ConsumerConfiguration(streamARN: ScriptedService.streamARN)
        #expect(configuration.batchSize == 100)
        #expect(configuration.batchWindow == .zero)
        // The most that a function can be invoked with, and four reads a second.
        #expect(configuration.batchBytes == 6 * 1024 * 1024)
        #expect(configuration.idlePause == .milliseconds(250))
        #expect(configuration.parallelizationFactor == 1)
        #expect(!configuration.bisectsBatchOnFunctionError)
        #expect(configuration.maximumRetryAttempts == nil)
        #expect(configuration.maximumRecordAge == nil)
        #expect(configuration.tumblingWindow == .zero)
        #expect(!configuration.reportsBatchItemFailures)
        #expect(configuration.isEnabled)
        #expect(configuration.maximumConcurrentBatches == nil)
        #expect(self.refusal { _ in } == nil)
    }

    /// Lambda's text asks for a window above a size of 10; for streams the service asks for none.
    @Test(arguments: [11, 100, 10_000])
    func aSizeAboveTenNeedsNoWindow(_ size: Int) {
        #expect(
            self.refusal {
                $0.batchSize = size
                $0.batchWindow = .zero
            } == nil
        )
    }

    private static let accepted: [Change] = [
        { $0.batchSize = 1 }, { $0.batchSize = 10_000 }, { $0.batchWindow = .seconds(300) },
        { $0.parallelizationFactor = 10 }, { $0.maximumRetryAttempts = -1 }, { $0.maximumRetryAttempts = 0 },
        { $0.maximumRetryAttempts = 10_000 }, { $0.maximumRecordAge = .seconds(-1) },
        { $0.maximumRecordAge = .seconds(60) }, { $0.maximumRecordAge = .seconds(604_800) },
        { $0.tumblingWindow = .seconds(900) }, { $0.maximumConcurrentBatches = 1 },
        { $0.maximumConcurrentBatches = 10_000 },
    ]

    @Test(arguments: accepted.indices)
    func theBoundsAreWithinTheRange(_ index: Int) {
        #expect(self.refusal(Self.accepted[index]) == nil)
    }

    private static let refused: [(Change, String)] = [
        ({ $0.batchSize = 0 }, "batchSize is 0, and has to be from 1 to 10000."),
        (
            { $0.batchWindow = .seconds(301) },
            "batchWindow is 301.0 seconds, and has to be from 0.0 seconds to 300.0 seconds."
        ),
        ({ $0.parallelizationFactor = 0 }, "parallelizationFactor is 0, and has to be from 1 to 10."),
        ({ $0.parallelizationFactor = 11 }, "parallelizationFactor is 11, and has to be from 1 to 10."),
        ({ $0.maximumRetryAttempts = -2 }, "maximumRetryAttempts is -2, and has to be from -1 to 10000."),
        ({ $0.maximumRetryAttempts = 10_001 }, "maximumRetryAttempts is 10001, and has to be from -1 to 10000."),
        (
            { $0.maximumRecordAge = .seconds(59) },
            "maximumRecordAge is 59.0 seconds, and has to be -1, or from 60.0 seconds to 604800.0 seconds."
        ),
        (
            { $0.maximumRecordAge = .zero },
            "maximumRecordAge is 0.0 seconds, and has to be -1, or from 60.0 seconds to 604800.0 seconds."
        ),
        (
            { $0.maximumRecordAge = .seconds(604_801) },
            "maximumRecordAge is 604801.0 seconds, and has to be -1, or from 60.0 seconds to 604800.0 seconds."
        ),
        (
            { $0.tumblingWindow = .seconds(901) },
            "tumblingWindow is 901.0 seconds, and has to be from 0.0 seconds to 900.0 seconds."
        ),
        (
            { $0.tumblingWindow = .milliseconds(1500) },
            "tumblingWindow is 1.5 seconds, and has to be whole seconds."
        ),
        (
            { $0.maximumConcurrentBatches = 0 },
            "maximumConcurrentBatches is 0, and has to be from 1 to 10000."
        ),
        (
            {
                $0.tumblingWindow = .seconds(60)
                $0.parallelizationFactor = 2
            },
            "tumblingWindow is 60.0 seconds and parallelizationFactor is 2: a window has one state a shard, so a factor "
                + "above 1 is not possible with it. Leave out one of them."
        ),
    ]

    @Test(arguments: refused.indices)
    func whatIsOutOfRangeIsRefusedWithSettingValueAndRange(_ index: Int) {
        #expect(self.refusal(Self.refused[index].0) == Self.refused[index].1)
    }
}
