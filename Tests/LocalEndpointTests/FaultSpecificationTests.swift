// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalEndpoint
import Testing

@Suite
struct FaultSpecificationTests {
    @Test(arguments: [
        (
            "BatchWriteItem:error=ProvisionedThroughputExceededException,rate=0.1",
            FaultSpecification("BatchWriteItem", .error, rate: 0.1, code: .provisionedThroughputExceeded)
        ),
        ("GetRecords:latency=200ms", FaultSpecification("GetRecords", .latency, latency: .milliseconds(200))),
        ("*:drop,rate=0.01", FaultSpecification("*", .drop, rate: 0.01)),
        ("PutItem:drop-answer", FaultSpecification("PutItem", .dropAnswer)),
        ("GetRecords:corrupt,rate=0.05", FaultSpecification("GetRecords", .corrupt, rate: 0.05)),
        ("GetRecords:expire-iterator,count=3", FaultSpecification("GetRecords", .expireIterator, count: 3)),
        ("BatchWriteItem:unprocessed,rate=0.2", FaultSpecification("BatchWriteItem", .unprocessed, rate: 0.2)),
        ("GetRecords:trim,after=10,count=1", FaultSpecification("GetRecords", .trim, count: 1, after: 10)),
        ("GetRecords:split,count=1", FaultSpecification("GetRecords", .split, count: 1)),
        ("*:error=InternalServerError", FaultSpecification("*", .error)),
        (
            "Scan:error=AccessDeniedException,status=403,latency=1.5s,message=no, not, you=1",
            FaultSpecification(
                "Scan",
                .error,
                code: .accessDenied,
                message: "no, not, you=1",
                status: 403,
                latency: .milliseconds(1500)
            )
        ),
        ("GetItem:latency=2m,rate=0", FaultSpecification("GetItem", .latency, rate: 0, latency: .seconds(120))),
    ])
    func aTextIsRead(text: String, fault: FaultSpecification) throws {
        #expect(try FaultSpecification(text) == fault)
        // What it says of itself says the same again.
        #expect(try FaultSpecification(fault.description) == fault)
    }

    @Test(arguments: [
        ("GetRecords", "fault", "GetRecords", "OPERATION:KIND"), ("", "fault", "", "OPERATION:KIND"),
        ("GetRecord:drop", "operation", "GetRecord", "GetRecords"), (":drop", "operation", "", "* for all"),
        ("GetRecords:", "kind", "", "drop-answer"), ("GetRecords:lost", "kind", "lost", "drop-answer"),
        ("GetRecords:drop,rate=2", "rate", "2", "0 to 1"), ("GetRecords:drop,rate=", "rate", "", "0 to 1"),
        ("GetRecords:drop,rate=-0.1", "rate", "-0.1", "0 to 1"), ("GetRecords:drop,rate=nan", "rate", "nan", "0 to 1"),
        ("GetRecords:drop,count=0", "count", "0", "from 1"), ("GetRecords:drop,count=1.5", "count", "1.5", "from 1"),
        ("GetRecords:drop,after=-1", "after", "-1", "from 0"), ("GetRecords:drop,after", "after", "", "from 0"),
        ("GetRecords:drop,often=1", "member", "often", "rate, count, after"),
        ("GetRecords:drop,", "member", "", "rate, count, after"),
        ("GetRecords:drop=1", "member", "drop", "rate, count, after"),
        ("GetRecords:drop,rate=1,rate=1", "rate", "1", "twice"),
        ("GetRecords:latency", "latency", "", "200ms"), ("GetRecords:latency=", "latency", "", "200ms"),
        ("GetRecords:latency=fast", "latency", "fast", "200ms"), ("GetRecords:latency=11m", "latency", "11m", "10m"),
        ("GetRecords:latency=-1s", "latency", "-1s", "200ms"),
        ("GetRecords:error=Not a code", "code", "Not a code", "ThrottlingException"),
        ("GetRecords:error=", "code", "", "ThrottlingException"),
        ("GetRecords:error", "code", "", "GetRecords:error=ThrottlingException"),
        ("*:error,rate=0.5", "code", "", "*:error=ThrottlingException"),
        ("GetRecords:error=X,status=200", "status", "200", "400 to 599"),
        ("GetRecords:drop,status=500", "status", "500", "error"),
        ("GetRecords:drop,message=x", "message", "x", "error"),
        ("GetRecords:unprocessed", "operation", "GetRecords", "BatchWriteItem alone"),
        ("*:unprocessed", "operation", "*", "BatchWriteItem alone"),
        ("PutItem:expire-iterator", "operation", "PutItem", "GetRecords alone"),
        ("Scan:trim", "operation", "Scan", "GetRecords alone"), ("*:split", "operation", "*", "GetRecords alone"),
    ])
    func whatIsWrongIsNamed(text: String, member: String, value: String, accepted: String) throws {
        let error = try #require(throws: FaultSpecificationError.self) { try FaultSpecification(text) }
        #expect(error.member == member)
        #expect(error.value == value)
        #expect(error.accepted.contains(accepted), "\(error.accepted)")
        #expect(!error.description.contains("fault's fault"))
        #expect(error.description.contains(member) && error.description.contains("'\(value)'"))
    }
}
