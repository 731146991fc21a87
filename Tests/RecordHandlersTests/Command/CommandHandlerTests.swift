// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Foundation
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

@Suite("A program handles batches", .timeLimit(.minutes(2)))
struct CommandHandlerTests {
    @Test func theEventIsOnStandardInputAndTheResponseOnStandardOutput() async throws {
        let fixture = try CommandFixture()
        let batch = HandlerConformance.batch(1, of: 0..<40)
        let meter = fixture.meter()
        let outcome = try await fixture.handler("cat").handle(batch, meter: meter)
        let event = LambdaEvent(streamARN: CommandFixture.streamARN).bytes(of: batch)
        #expect(outcome == .responded(FunctionResponse(body: event)))
        #expect(meter.total == HandlerWork(requests: ["command": 1], singleRequests: 40))
    }

    @Test func argumentsArriveAsTheyAreWithoutAShell() async throws {
        let fixture = try CommandFixture()
        let words = ["a b", "$HOME", "*", "", "; exit 1", "\"quoted\"", "ä"]
        let script = try fixture.script(#"for word in "$@"; do printf '[%s]' "$word"; done"#)
        let response = try await fixture.response(of: fixture.handler(script, words))
        #expect(response.functionError == nil)
        #expect(response.text == words.map { "[\($0)]" }.joined())
    }

    @Test func anotherStatusThanZeroIsAFunctionErrorWithTheLastLines() async throws {
        let fixture = try CommandFixture()
        let script = try fixture.script("seq 1 12 >&2; echo 'no \"good\"' >&2; echo partial; exit 3")
        let response = try await fixture.response(of: fixture.handler(script))
        #expect(response.statusCode == 200)
        #expect(response.functionError == "Unhandled")
        #expect(
            response.text
                == #"{"errorMessage":"exit status 3\n4\n5\n6\n7\n8\n9\n10\n11\n12\nno \"good\"","errorType":"Runtime.ExitError"}"#
        )
        #expect(fixture.output == (1...12).map { "\($0)" } + ["no \"good\""])
    }

    @Test func aFailedRunSavesNoRequests() async throws {
        let fixture = try CommandFixture()
        let meter = fixture.meter()
        _ = try await fixture.handler("false").handle(HandlerConformance.batch(1, of: 0..<5), meter: meter)
        #expect(meter.total == HandlerWork(requests: ["command": 1]))
    }

    @Test func aSignalIsAFunctionError() async throws {
        let fixture = try CommandFixture()
        let response = try await fixture.response(of: fixture.handler(try fixture.script(#"kill -9 $$"#)))
        #expect(response.text == #"{"errorMessage":"ended by signal 9","errorType":"Runtime.ExitError"}"#)
    }

    @Test func aProgramNeedNotReadItsInput() async throws {
        let fixture = try CommandFixture()
        let response = try await fixture.response(
            of: fixture.handler("true"),
            to: HandlerConformance.batch(1, of: 0..<10_000)
        )
        #expect(response == FunctionResponse(body: []))
    }

    @Test func whatItWritesWhileItReadsIsReadMeanwhile() async throws {
        // Both pipes would be full otherwise, and each side would wait for the other one.
        let fixture = try CommandFixture()
        let batch = HandlerConformance.batch(1, of: 0..<5000)
        let response = try await fixture.response(of: fixture.handler("tee", ["/dev/stderr"]), to: batch)
        #expect(response.body.count == LambdaEvent(streamARN: CommandFixture.streamARN).bytes(of: batch).count)
    }

    @Test func aResponseThatIsTooLargeIsAFunctionErrorAndEndsTheProgram() async throws {
        let fixture = try CommandFixture()
        let handler = try fixture.handler("cat", ["/dev/zero"], responseLimit: 100_000)
        let response = try await fixture.response(of: handler)
        let error = try JSONValue(parsing: response.body)
        #expect(error["errorType"]?.string == "Function.ResponseSizeTooLarge")
        #expect(error["errorMessage"]?.string?.contains("100000 bytes") == true)
        #expect(response.functionError == "Unhandled")
    }

    @Test func aResponseOfExactlyTheLimitIsTaken() async throws {
        let fixture = try CommandFixture()
        let handler = try fixture.handler("head", ["-c", "100000", "/dev/zero"], responseLimit: 100_000)
        #expect(try await fixture.response(of: handler).body.count == 100_000)
    }

    @Test func linesOnStandardErrorAreBounded() async throws {
        let fixture = try CommandFixture()
        let script = try fixture.script("yes 'a line' | head -n 100000 >&2; head -c 5000 /dev/zero | tr '\\0' x >&2")
        let response = try await fixture.response(of: fixture.handler(script))
        #expect(response.functionError == nil)
        #expect(fixture.output.count == 51)
        #expect(fixture.output.first == "a line")
        #expect(fixture.output.last == "… 99951 more lines")
    }

    @Test func theErrorMessageIsBounded() async throws {
        let fixture = try CommandFixture()
        let script = try fixture.script(
            "for i in 1 2 3 4 5 6 7 8 9 10; do head -c 9000 /dev/zero | tr '\\0' x >&2; echo >&2; done; exit 1"
        )
        let response = try await fixture.response(of: fixture.handler(script))
        #expect((3000...5000).contains(response.body.count))
        #expect(fixture.output.allSatisfy { $0.utf8.count <= 1030 })
    }

    @Test func onlyTheGivenVariablesAreThere() async throws {
        let fixture = try CommandFixture()
        let environment = ["PATH": "/usr/bin:/bin", "GREETING": "a=b c", "EMPTY": ""]
        let response = try await fixture.response(of: fixture.handler("env", environment: environment))
        let lines = response.text.split(separator: "\n").map(String.init)
        #expect(lines.sorted() == ["EMPTY=", "GREETING=a=b c", "PATH=/usr/bin:/bin"])
    }

    @Test func noneOfOurDescriptorsAreThere() async throws {
        let fixture = try CommandFixture()
        // Without close-on-exec, as a careless library would open it.
        let ours = (0..<3).map { _ in open("/dev/null", O_RDONLY) }
        defer { for descriptor in ours { close(descriptor) } }
        // Number 10 is the shell's own: it reads the script by it.
        let script = try fixture.script(
            "for n in $(seq 3 9) $(seq 11 200); do [ -e /proc/$$/fd/$n ] && readlink /proc/$$/fd/$n; done; true"
        )
        #expect(try await fixture.response(of: fixture.handler(script)).text.isEmpty)
    }

    @Test func noDescriptorsAreLeftOpen() async throws {
        let fixture = try CommandFixture()
        let handler = try fixture.handler("true")
        func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        _ = try await fixture.response(of: handler)
        let before = try count()
        for _ in 0..<200 { _ = try await fixture.response(of: handler) }
        // Other tests may run beside this one.
        #expect(try count() < before + 150)
    }

    @Test func aProgramLeftInTheBackgroundIsNotWaitedFor() async throws {
        let fixture = try CommandFixture()
        let script = try fixture.script("sleep 1000 & echo $! > \(fixture.folder.path)/pid; echo done")
        let response = try await fixture.response(of: fixture.handler(script))
        #expect(response.text == "done\n")
        let text = try String(contentsOfFile: "\(fixture.folder.path)/pid", encoding: .utf8)
        let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        // It is not ours to end either.
        #expect(kill(process, SIGKILL) == 0)
    }

    @Test func itHasNoTerminalAndIsAloneInItsSession() async throws {
        let fixture = try CommandFixture()
        let script = try fixture.script("(: < /dev/tty) 2>/dev/null && echo tty; cut -d' ' -f 6 /proc/$$/stat; echo $$")
        let words = try await fixture.response(of: fixture.handler(script)).text.split(separator: "\n")
        #expect(words.count == 2)
        #expect(words.first == words.last)
    }

    @Test func aProgramThatIsGoneStopsTheConsumerWithAdvice() async throws {
        let fixture = try CommandFixture()
        let script = try fixture.script("exit 0")
        let handler = try fixture.handler(script)
        try FileManager.default.removeItem(atPath: script)
        let outcome = try await handler.handle(HandlerConformance.batch(1, of: 0..<1), meter: fixture.meter())
        guard case .stop(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains(script) && reason.contains("put it back"))
    }

    @Test func aScriptWithoutItsInterpreterStopsTheConsumer() async throws {
        let fixture = try CommandFixture()
        let handler = try fixture.handler(try fixture.script("exit 0", interpreter: "/nonexistent/interpreter"))
        let outcome = try await handler.handle(HandlerConformance.batch(1, of: 0..<1), meter: fixture.meter())
        guard case .stop = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func aDryRunStartsNothingAndTellsTheEvent() async throws {
        let fixture = try CommandFixture()
        let mark = "\(fixture.folder.path)/mark"
        let plans = Mutex<[EventPlan]>([])
        let handler = try fixture.handler("touch", [mark], isDryRun: true) { plan in plans.withLock { $0.append(plan) }
        }
        let batch = HandlerConformance.batch(1, of: 0..<3)
        #expect(try await handler.handle(batch, meter: fixture.meter()) == .doneWithoutCheckpoint)
        #expect(!FileManager.default.fileExists(atPath: mark))
        let plan = try #require(plans.withLock { $0.first })
        #expect(plan.target == "/usr/bin/touch")
        #expect(plan.operation == "command")
        #expect(plan.requests == [LambdaEvent(streamARN: CommandFixture.streamARN).bytes(of: batch)])
    }

    @Test(arguments: HandlerConformance.rules)
    func itKeepsTheRulesOfHandlers(rule: HandlerConformance.Rule) async throws {
        let fixture = try CommandFixture()
        let working = try fixture.handler(try fixture.script("cat > /dev/null; echo '{\"batchItemFailures\":[]}'"))
        try await rule.check { working }
        let dry = try fixture.handler("true", isDryRun: true)
        try await rule.check { dry }
    }
}
