// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalEndpoint
import TestSupport
import Testing

/// The control requests for faults, and what the log says of them.
@Suite(.timeLimit(.minutes(1)))
struct FaultRequestTests {
    private func control(_ endpoint: EndpointFixture, _ operation: String, _ json: String) async throws -> String {
        let answer = try await endpoint.call("WeirLocal_20260101.\(operation)", json)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.text
    }

    @Test func faultsAreInjectedListedAndCleared() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            let text = #"{"Fault":"ListTables:error=ThrottlingException,count=2"}"#
            #expect(try await self.control(endpoint, "InjectFault", text) == #"{"FaultId":1}"#)
            let members = #"{"Operation":"Scan","Kind":"latency","Latency":"200ms","Rate":0.5,"After":3}"#
            #expect(try await self.control(endpoint, "InjectFault", members) == #"{"FaultId":2}"#)
            let refused = try await endpoint.call("ListTables", "{}")
            #expect(refused.status == 400 && refused.error.code == .throttling)
            #expect(
                try await self.control(endpoint, "ListFaults", "{}")
                    == #"{"Faults":[{"FaultId":1,"Fault":"ListTables:error=ThrottlingException,count=2","#
                    + #""Requests":1,"Injected":1},{"FaultId":2,"Fault":"Scan:latency=200ms,rate=0.5,after=3","#
                    + #""Requests":0,"Injected":0}]}"#
            )
            #expect(try await self.control(endpoint, "ClearFaults", #"{"FaultId":1}"#) == #"{"FaultsCleared":1}"#)
            #expect(try await endpoint.call("ListTables", "{}").status == 200)
            #expect(try await self.control(endpoint, "ClearFaults", "{}") == #"{"FaultsCleared":1}"#)
            #expect(try await self.control(endpoint, "ListFaults", "{}") == #"{"Faults":[]}"#)
        }
    }

    @Test func theLogCountsThem() async throws {
        let faults = ["ListTables:error=InternalServerError,count=2", "DescribeTable:error=ValidationException"]
        try await EndpointFixture.with(faults: faults) { (endpoint) async throws in
            for _ in 1...3 { _ = try await endpoint.call("ListTables", "{}") }
            _ = try await endpoint.call("DescribeTable", #"{"TableName":"Table"}"#)
            let log = try JSONValue(parsing: Array(await self.control(endpoint, "RequestLog", "").utf8))
            let injected = try #require(log["Faults"]?.array)
            #expect(injected.map { $0["Operation"]?.string } == ["DescribeTable", "ListTables"])
            #expect(injected.map { $0["Kind"]?.string } == ["error", "error"])
            #expect(injected.map { $0["Injected"]?.number } == ["1", "2"])
            #expect(log["Refused"]?.number == "3")
        }
    }

    @Test func controlRequestsAreNeverMet() async throws {
        try await EndpointFixture.with(faults: ["*:error=InternalServerError"]) { (endpoint) async throws in
            #expect(try await endpoint.call("ListTables", "{}").status == 500)
            #expect(try await self.control(endpoint, "ClearFaults", "{}") == #"{"FaultsCleared":1}"#)
            #expect(try await endpoint.call("ListTables", "{}").status == 200)
        }
    }

    @Test(arguments: [
        (#"{"Operation":"Scan","Kind":"drop","Rate":2}"#, ["rate", "'2'", "0 to 1"]),
        (#"{"Operation":"Scan"}"#, ["kind", "latency"]), (#"{"Kind":"drop"}"#, ["operation", "Scan"]),
        ("{}", ["operation"]), (#"{"Operation":"Scan","Kind":"error"}"#, ["code", "Scan:error=ThrottlingException"]),
        (#"{"Fault":"Scan:drop","Rate":1}"#, ["Fault", "alone"]), (#"{"Fault":"Scan"}"#, ["OPERATION:KIND"]),
        (#"{"Operation":"Scan","Kind":"drop","Often":1}"#, ["Often"]),
    ])
    func whatIsWrongIsNamed(body: String, facts: [String]) async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            let answer = try await endpoint.call("WeirLocal_20260101.InjectFault", body)
            #expect(answer.status == 400 && answer.error.code == .validation)
            for fact in facts { #expect(answer.error.message.contains(fact), "\(answer.error.message)") }
        }
    }

    @Test(arguments: [#"{"FaultId":9}"#, #"{"FaultId":"x"}"#, #"{"Id":1}"#])
    func clearingWhatIsNotThereIsRefused(body: String) async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            #expect(try await endpoint.call("WeirLocal_20260101.ClearFaults", body).status == 400)
        }
    }
}
