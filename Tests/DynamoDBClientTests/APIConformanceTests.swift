// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBClient
import LocalDynamoDB
import TestServers
import TestSupport
import Testing

/// Every implementation of the two protocols does what the service does.
@Suite(.timeLimit(.minutes(2))) struct APIConformanceTests {
    /// Prints implementation × case, and fails for what is neither there nor known to be missing, and for what is known
    /// to be missing and yet there.
    private func report(
        _ implementation: String,
        _ outcomes: [APIConformance.Outcome],
        missing: [String: String] = [:]
    ) {
        var lines: [String] = []
        for outcome in outcomes {
            switch (outcome.problem, missing[outcome.name]) {
            case (nil, nil): lines.append("\(implementation) × \(outcome.name): passed")
            case (let problem?, let behaviour?):
                lines.append("\(implementation) × \(outcome.name): skipped, AWS: \(behaviour) (here: \(problem))")
            case (let problem?, nil):
                lines.append("\(implementation) × \(outcome.name): FAILED, \(problem)")
                Issue.record("\(implementation) × \(outcome)")
            case (nil, .some):
                lines.append("\(implementation) × \(outcome.name): FAILED, passes though listed as missing")
                Issue.record("\(implementation) × \(outcome.name): passes now; take it off the list of what is missing")
            }
        }
        let names = Set(outcomes.map(\.name))
        for name in missing.keys where !names.contains(name) { Issue.record("there is no case '\(name)'") }
        print(lines.joined(separator: "\n"))
    }

    @Test func thereAreEnoughCasesWithNamesOfTheirOwn() {
        let names = APIConformance.cases.map(\.name)
        #expect(names.count >= 60)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: [1, 3]) func theStoreInProcess(shards: Int) async {
        let outcomes = await APIConformance.run {
            try LocalStore(
                configuration: LocalStoreConfiguration(shardsPerTable: shards),
                clock: ImmediateClock()
            )
        }
        self.report("store in process, \(shards) shard(s)", outcomes, missing: KnownGaps.embedded)
    }

    @Test func theClientAgainstTheEmbeddedEndpoint() async throws {
        try await withLocalEndpoint(shardsPerTable: 2) { url in
            try await DynamoDBClient.with(url) { client in
                let outcomes = await APIConformance.run { client }
                self.report("client to embedded endpoint", outcomes, missing: KnownGaps.embedded)
            }
        }
    }

    @Test(
        .enabled(
            if: MotoServer.python != nil || MotoServer.isRequired,
            "needs a Python with moto: set WEIR_TEST_PYTHON, or let ./dev test make .venv"
        )
    )
    func theClientAgainstMoto() async throws {
        let python = try #require(MotoServer.python, "WEIR_REQUIRE_INTEROP is set, but there is no Python with moto")
        try await MotoServer.run(python: python) { url in
            try await DynamoDBClient.with(url) { client in
                self.report("client to moto", await APIConformance.run { client }, missing: KnownGaps.moto)
            }
        }
    }
}
