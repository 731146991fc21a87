// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBClient
import DynamoDBModel
import RecordHandlers

/// Looks at what a handler works with, and says what cannot be tried without doing it.
struct HandlerCheck {
    let handling: HandlerArguments
    let connection: ConnectionArguments
    let process: ProgramContext
    /// Events that are handled; empty: all.
    let events: Set<ChangeKind>
    /// Filters as they were given.
    let filters: [String]

    /// What was found, and what the calls say of permissions.
    func run(stream: StreamDescription, client: DynamoDBClient) async -> StreamCheck.Outcome {
        var outcome = StreamCheck.Outcome()
        var tried: Set<String> = []
        switch self.handling.handler {
        case .observe: break
        case .delete:
            let check = DeleteCheck(
                staging: self.handling.staging ?? "",
                mode: self.handling.deleteMode,
                maximumWriteCapacity: self.handling.writes.maximumCapacity,
                region: client.region,
                endpoint: client.isAWS ? nil : client.tablesEndpoint,
                api: client
            )
            outcome = await check.run(source: stream.tableName)
        case .aggregate: outcome.findings.append(await self.aggregate(stream: stream, client: client))
        case .command: outcome.findings.append(self.program)
        case .function:
            let asked = await self.function()
            outcome.findings += asked.findings
            tried.formUnion(asked.tried)
        case .deleteObjects: outcome.findings += await self.bucket()
        }
        let told = await DestinationCheck(handling: self.handling, connections: self.connections).run()
        outcome.findings += told.findings
        outcome.permissions += self.untried(in: stream, except: tried)
        return outcome
    }

    /// Looks at the table that keeps the numbers, as a run does before it begins.
    private func aggregate(stream: StreamDescription, client: DynamoDBClient) async -> CheckFinding {
        let arguments = self.handling.aggregate
        do {
            let definition = try AggregateDefinition(
                values: arguments.values,
                group: arguments.group,
                writeShards: arguments.writeShards ?? 1,
                events: self.events,
                filters: self.filters
            )
            try definition.check(against: stream.viewType, of: stream.tableName)
            let found = try await AggregatePreflight.check(
                sourceTable: stream.tableName,
                table: arguments.table ?? "",
                definition: definition,
                region: client.region,
                endpoint: client.isAWS ? nil : client.tablesEndpoint,
                api: client
            )
            return .pass("aggregate", "\(found.table) can keep \(definition.summary)")
        } catch {
            return .fail("aggregate", "\(error)", nil)
        }
    }

    private var program: CheckFinding {
        do throws(HandlerSetupError) {
            let program = try CommandProgram(
                self.handling.command.words.first ?? "",
                searchPath: self.process.aws.environment["PATH"]
            )
            return .pass("program", program.path)
        } catch {
            return .fail("program", error.description, nil)
        }
    }

    private var connections: HandlerConnections { self.process.handlerConnections(self.connection.options) }

    /// Looks at the bucket that is deleted from, if it is the same for all records.
    private func bucket() async -> [CheckFinding] {
        let objects = self.handling.objects
        let bucket = objects.bucket.flatMap { try? RecordTemplate($0, option: "--bucket").constant }
        do throws(ConnectionError) {
            return try await BucketCheck(objects: objects, connections: self.connections)
                .run(bucket: bucket, check: "bucket").findings
        } catch {
            return [.fail("bucket", error)]
        }
    }

    /// Asks AWS whether the function may be invoked, without invoking it.
    ///
    /// Whatever else speaks the Invoke API may take the question for an invocation: there it is only looked whether
    /// something listens.
    private func function() async -> PlaceCheck.Outcome {
        guard let name = try? FunctionName(self.handling.function.name ?? "") else { return PlaceCheck.Outcome() }
        let made: HandlerConnections.Made
        do throws(ConnectionError) {
            made = try self.connections.connect(
                to: .lambda,
                region: name.region,
                endpointURL: self.handling.function.endpoint,
                repeatsCalls: false,
                limits: PlaceCheck.limits
            )
        } catch {
            return PlaceCheck.Outcome(findings: [.fail("function", error)])
        }
        let endpoint = made.connection.endpoint
        let option = "--function-endpoint"
        var outcome = PlaceCheck.Outcome(findings: [PlaceCheck.endpoint("lambda", endpoint, option: option)])
        if endpoint.isAWS {
            outcome.findings.append(
                await Self.finding(of: FunctionProbe(function: name, connection: made.connection))
            )
            outcome.tried.insert("lambda:InvokeFunction")
        } else if let problem = await PlaceCheck.unreachable(endpoint, option: option) {
            outcome.findings.append(problem)
        }
        await made.shutdown()
        return outcome
    }

    /// What a question about an invocation has brought.
    static func finding(of probe: FunctionProbe) async -> CheckFinding {
        do throws(AWSCallError) {
            try await probe.run()
            return .pass("permission", "lambda:InvokeFunction on \(probe.function)")
        } catch {
            return .fail("function", error.description, FunctionProbe.advice(for: error, function: probe.function))
        }
    }

    /// What is allowed or not only shows when it is done.
    private func untried(in stream: StreamDescription, except tried: Set<String>) -> [CheckFinding] {
        guard let place = ResourcePlace(arn: stream.arn.text) else { return [] }
        let setup = PermissionSetup(source: .stream(stream.arn), handling: self.handling)
        guard let permissions = try? setup.permissions(in: place) else { return [] }
        return permissions.writes.flatMap { statement in
            statement.actions.filter { !tried.contains($0) }.map { action in
                .skip(
                    "permission",
                    "\(action) on \(statement.resources.joined(separator: ", ")): it would change something"
                )
            }
        }
    }
}
