// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport

extension ServiceIdentity {
    /// Lambda.
    package static let lambda = Self.regional("lambda", "LAMBDA", dualStackHost: "lambda.{region}.{suffix}")
    /// Simple Queue Service.
    package static let sqs = Self.regional("sqs", "SQS", dualStackHost: "sqs.{region}.{suffix}")
    /// Simple Notification Service.
    package static let sns = Self.regional("sns", "SNS", dualStackHost: "sns.{region}.{suffix}")
    /// Simple Storage Service.
    package static let s3 = ServiceIdentity(
        signingName: "s3",
        environmentName: "S3",
        configurationName: "s3",
        host: "s3.{region}.{suffix}",
        dualStackHost: "s3.dualstack.{region}.{ordinarySuffix}",
        fipsHost: "s3-fips.{region}.{suffix}",
        fipsDualStackHost: "s3-fips.dualstack.{region}.{ordinarySuffix}",
        signsPathAsItIs: true
    )

    private static func regional(_ name: String, _ variable: String, dualStackHost: String) -> ServiceIdentity {
        ServiceIdentity(
            signingName: name,
            environmentName: variable,
            configurationName: name,
            host: "\(name).{region}.{suffix}",
            dualStackHost: dualStackHost,
            fipsHost: "\(name)-fips.{region}.{suffix}",
            fipsDualStackHost: "\(name)-fips.{region}.{suffix}"
        )
    }
}
