// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import Testing

/// What is valid and still not what its author wants.
@Suite struct FilterWarningTests {
    @Test(arguments: [
        #"[{"cidr":"10.0.0.0/8"}]"#, #"[{"wildcard":"a*"}]"#, #"[{"prefix":{"equals-ignore-case":"a"}}]"#,
        #"[{"suffix":{"equals-ignore-case":"a"}}]"#, #"[{"anything-but":{"prefix":"a"}}]"#,
        #"[{"anything-but":{"suffix":"a"}}]"#, #"[{"anything-but":{"wildcard":"a"}}]"#,
        #"[{"anything-but":{"equals-ignore-case":"a"}}]"#,
    ])
    func operatorsOfEventBridgeMayBeRejectedByLambda(_ alternatives: String) throws {
        let pattern = try EventPattern(#"{"eventID":\#(alternatives)}"#)
        #expect(pattern.warnings.map(\.kind) == [.lambdaMayReject])
        #expect(pattern.warnings.map(\.path) == ["eventID[0]"])
    }

    @Test(arguments: [
        #"["x",5,true,null,""]"#, #"[{"prefix":"a"}]"#, #"[{"suffix":"a"}]"#, #"[{"equals-ignore-case":"a"}]"#,
        #"[{"anything-but":["a","b"]}]"#, #"[{"anything-but":[1]}]"#, #"[{"numeric":["=",5]}]"#, #"[{"exists":false}]"#,
    ])
    func operatorsOfLambdaGiveNoWarning(_ alternatives: String) throws {
        #expect(try EventPattern(#"{"eventID":\#(alternatives)}"#).warnings == [])
        #expect(try EventPattern(#"{"$or":[{"eventID":\#(alternatives)},{"awsRegion":["x"]}]}"#).warnings == [])
    }

    @Test(arguments: [
        (#"{"dynamodb":{"NewImage":{"a":[{"exists":false}]}}}"#, EventPatternWarning.Kind.alwaysMatches, "its type"),
        (#"{"dynamodb":{"NewImage":{"a":["x"]}}}"#, .neverMatches, #"{"a":{"S":["x"]}}"#),
        (#"{"dynamodb":{"Keys":{"n":{"N":[5]}}}}"#, .neverMatches, "strings"),
        (#"{"dynamodb":{"Keys":{"n":{"N":[{"numeric":[">",5]}]}}}}"#, .neverMatches, "strings"),
        (#"{"userIdentity":{"PrincipalId":["x"]}}"#, .neverMatches, "small letters"),
        (#"{"EventName":["INSERT"]}"#, .neverMatches, #""eventName""#),
        (#"{"dynamodb":{"newImage":{"a":{"S":["x"]}}}}"#, .neverMatches, #""NewImage""#),
        (#"{"body":["x"]}"#, .neverMatches, "eventSourceARN"),
    ])
    func aConditionThatNothingOrEverythingFulfilsIsTold(
        _ text: String,
        _ kind: EventPatternWarning.Kind,
        _ fact: String
    ) throws {
        let pattern = try EventPattern(text)
        #expect(pattern.warnings.map(\.kind) == [kind])
        #expect(pattern.warnings.allSatisfy { $0.message.contains(fact) }, "\(pattern.warnings)")
    }

    @Test(arguments: [
        #"{"dynamodb":{"NewImage":{"a":{"N":["5",{"anything-but":[6]}]},"b":{"S":[{"exists":false}]}}}}"#,
        #"{"dynamodb.NewImage.a.S":["x"]}"#, #"{"userIdentity":{"type":["Service"]}}"#,
    ])
    func whatCanBeMeantGivesNoWarning(_ text: String) throws {
        #expect(try EventPattern(text).warnings == [])
    }
}
