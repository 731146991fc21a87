// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalEndpoint
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestLogTests {
    private func batch(_ requests: String) -> String {
        #"{"RequestItems":{"Table":[\#(requests)]},"ReturnConsumedCapacity":"TOTAL"}"#
    }

    private func put(_ id: String) -> String {
        #"{"PutRequest":{"Item":{"id":{"S":"\#(id)"}}}}"#
    }

    private func delete(_ id: String) -> String {
        #"{"DeleteRequest":{"Key":{"id":{"S":"\#(id)"}}}}"#
    }

    @Test func countsWhatWasDoneByOperationAndTable() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await endpoint.createTable("Table")
            try await endpoint.createTable("Other")
            _ = try await endpoint.call("BatchWriteItem", self.batch(self.put("a") + "," + self.put("b")))
            _ = try await endpoint.call("BatchWriteItem", self.batch(self.delete("a") + "," + self.delete("none")))
            for id in ["b", "b"] {
                _ = try await endpoint.call("DeleteItem", #"{"TableName":"Table","Key":{"id":{"S":"\#(id)"}}}"#)
            }
            _ = try await endpoint.call("DeleteItem", #"{"TableName":"Other","Key":{"id":{"S":"b"}}}"#)
            _ = try await endpoint.call("DeleteItem", #"{"TableName":"Missing","Key":{"id":{"S":"b"}}}"#)
            let log = endpoint.log
            #expect(log.requests(operation: "CreateTable") == 2)
            #expect(log.requests(operation: "BatchWriteItem", table: "Table") == 2)
            #expect(log.requests(operation: "DeleteItem", table: "Table") == 2)
            #expect(log.requests(operation: "DeleteItem") == 3)
            #expect(log.itemsDeleted(table: "Table") == 2)
            #expect(log.itemsDeleted(table: "Other") == 0)
            #expect(log.writeCapacityUnits(operation: "BatchWriteItem", table: "Table") == 4)
            #expect(log.writeCapacityUnits(operation: "DeleteItem") == 3)
            #expect(log.refused(operation: "DeleteItem") == 1)
        }
    }

    @Test func aDroppedWriteIsAnsweredAndNeitherDoneNorLogged() async throws {
        let asked = Mutex<[String]>([])
        try await EndpointFixture.with(dropRequest: { operation, index in
            asked.withLock { $0.append("\(operation) \(index)") }
            return operation == "BatchWriteItem" && index == 1
        }) { (endpoint) async throws in
            try await endpoint.createTable("Table", stream: true)
            _ = try await endpoint.call("BatchWriteItem", self.batch(self.put("a")))
            let dropped = try await endpoint.call("BatchWriteItem", self.batch(self.delete("a")))
            #expect(dropped.status == 200)
            #expect(endpoint.log.itemsDeleted(table: "Table") == 0)
            #expect(endpoint.log.requests(operation: "BatchWriteItem", table: "Table") == 1)
            let done = try await endpoint.call("BatchWriteItem", self.batch(self.delete("a")))
            #expect(done.text == dropped.text)
            #expect(endpoint.log.itemsDeleted(table: "Table") == 1)
            _ = try await endpoint.call("PutItem", #"{"TableName":"Table","Item":{"id":{"S":"b"}}}"#)
        }
        let questions = asked.withLock { $0 }
        #expect(questions == ["BatchWriteItem 0", "BatchWriteItem 1", "BatchWriteItem 2", "PutItem 0"])
    }

    @Test func aConditionThatDoesNotHoldCountsAsRefusedAndForItsCapacity() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await endpoint.createTable("Table")
            let large = String(repeating: "x", count: 2000)
            for status in [200, 400] {
                let answer = try await endpoint.call(
                    "PutItem",
                    #"{"TableName":"Table","Item":{"id":{"S":"a"},"v":{"S":"\#(large)"}},"#
                        + #""ConditionExpression":"attribute_not_exists(id)"}"#
                )
                #expect(answer.status == status)
            }
            let log = endpoint.log
            #expect(log.requests(operation: "PutItem") == 1 && log.refused(operation: "PutItem") == 1)
            #expect(log.writeCapacityUnits(operation: "PutItem") == 4)
        }
    }
}
