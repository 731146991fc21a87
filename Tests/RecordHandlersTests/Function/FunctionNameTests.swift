// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import RecordHandlers
import Testing

@Suite("Names of functions")
struct FunctionNameTests {
    @Test(arguments: [
        ("my-function", "my-function", nil, nil), ("f:live", "f", nil, nil), ("f:$LATEST", "f", nil, nil),
        ("123456789012:function:f", "f", nil, "123456789012"), ("123456789012:function:f:3", "f", nil, "123456789012"),
        ("arn:aws:lambda:eu-central-1:123456789012:function:f", "f", "eu-central-1", "123456789012"),
        ("arn:aws-cn:lambda:cn-north-1:123456789012:function:f:live", "f", "cn-north-1", "123456789012"),
    ])
    func everyFormIsRead(text: String, name: String, region: String?, account: String?) throws {
        let function = try FunctionName(text)
        #expect(function.text == text)
        #expect(function.name == name)
        #expect(function.region == region)
        #expect(function.account == account)
    }

    @Test(arguments: [
        ("f", "arn:aws:lambda:eu-west-1:1:function:f"), ("f:live", "arn:aws:lambda:eu-west-1:1:function:f:live"),
        ("2:function:f:3", "arn:aws:lambda:eu-west-1:1:function:f:3"),
        ("arn:aws:lambda:us-east-1:3:function:f", "arn:aws:lambda:us-east-1:3:function:f"),
    ])
    func everyFormHasAnARN(text: String, arn: String) throws {
        #expect(try FunctionName(text).arn(partition: "aws", region: "eu-west-1", account: "1") == arn)
    }

    @Test func whatIsNotKnownHasAStandInInTheARN() throws {
        let arn = try FunctionName("f").arn(partition: nil, region: "us-east-1", account: nil)
        #expect(arn == "arn:aws:lambda:us-east-1:000000000000:function:f")
    }

    @Test(arguments: [
        "", ":", "f:", "a b", "f/g", "arn:aws:lambda:us-east-1:123456789012:layer:f",
        "arn:aws:sqs:us-east-1:123456789012:q", "arn:aws:lambda::123456789012:function:f", "1:functions:f",
        "arn:aws:lambda:us-east-1:123456789012:function:", "a:function:b:c:d",
    ])
    func anythingElseIsRefusedWithWhatIsAccepted(text: String) {
        let error = #expect(throws: HandlerSetupError.self) { try FunctionName(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description.contains("--function") == true)
        #expect(error?.description.contains("arn:aws:lambda:") == true)
    }
}
