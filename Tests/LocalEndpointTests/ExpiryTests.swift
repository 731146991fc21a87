// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import LocalEndpoint
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ExpiryTests {
    /// A table with an item that expires 30 seconds after the clock's first moment.
    private func prepare(_ endpoint: EndpointFixture) async throws {
        try await endpoint.createTable("Table", stream: true)
        let set = try await endpoint.call(
            "UpdateTimeToLive",
            #"{"TableName":"Table","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"expires"}}"#
        )
        #expect(set.text == #"{"TimeToLiveSpecification":{"Enabled":true,"AttributeName":"expires"}}"#)
        let item = #"{"id":{"S":"a"},"expires":{"N":"1700000030"}}"#
        #expect(try await endpoint.call("PutItem", #"{"TableName":"Table","Item":\#(item)}"#).status == 200)
    }

    private func count(_ endpoint: EndpointFixture) async throws -> Int {
        try await endpoint.store.describeTable("Table").itemCount
    }

    @Test func theSettingIsToldAsTheServiceTellsIt() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await self.prepare(endpoint)
            let told = try await endpoint.call("DescribeTimeToLive", #"{"TableName":"Table"}"#)
            #expect(told.text == #"{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"expires"}}"#)
        }
    }

    @Test(arguments: [
        #"{"TableName":"Table"}"#, #"{"TableName":"Table","TimeToLiveSpecification":{"Enabled":true}}"#,
        #"{"TableName":"Table","TimeToLiveSpecification":{"AttributeName":"a"}}"#,
        #"{"TableName":"Table","TimeToLiveSpecification":{"Enabled":"yes","AttributeName":"a"}}"#,
        #"{"TableName":"Table","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"a","More":1}}"#,
    ])
    func whatIsWrongIsRefused(body: String) async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await endpoint.createTable("Table")
            #expect(try await endpoint.call("UpdateTimeToLive", body).status == 400)
        }
    }

    @Test func onRequestExpiredItemsGoAtOnce() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await self.prepare(endpoint)
            let early = try await endpoint.call("WeirLocal_20260101.ExpireItems", "{}")
            #expect(early.text == #"{"ItemsExpired":0}"#)
            endpoint.clock.advance(by: .seconds(31))
            #expect(try await self.count(endpoint) == 1)
            let late = try await endpoint.call("WeirLocal_20260101.ExpireItems", #"{"TableName":"Table"}"#)
            #expect(late.text == #"{"ItemsExpired":1}"#)
            #expect(try await self.count(endpoint) == 0)
            let missing = try await endpoint.call("WeirLocal_20260101.ExpireItems", #"{"TableName":"Missing"}"#)
            #expect(missing.error.code == .resourceNotFound)
        }
    }

    @Test func theSweepDeletesThemByItself() async throws {
        try await EndpointFixture.with(expiryInterval: .seconds(10)) { (endpoint) async throws in
            try await self.prepare(endpoint)
            for turn in 1...4 {
                await endpoint.clock.waitForSleepers()
                #expect(try await self.count(endpoint) == 1, "turn \(turn)")
                endpoint.clock.advance(by: .seconds(10))
            }
            // It sleeps again when the fourth sweep is over.
            await endpoint.clock.waitForSleepers()
            #expect(try await self.count(endpoint) == 0)
        }
    }
}
