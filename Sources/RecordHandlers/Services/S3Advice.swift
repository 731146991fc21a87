// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What to do about errors of S3 that do not pass by themselves.
enum S3Advice {
    /// The next step; nil for errors that may pass.
    static func advice(for code: String, bucket: String, action: String) -> String? {
        switch code {
        case "NoSuchBucket": return "Check the bucket's name and the account."
        case "AccessDenied", "AllAccessDisabled", "AccountProblem":
            return "Allow the action \(action) on arn:aws:s3:::\(bucket)/* in the IAM policy of these credentials."
        case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException",
            "HTTP status 301":
            return "The bucket is in another region: name that with --bucket-region."
        case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken":
            return "Check the access key, its secret and session token, and this machine's clock."
        case "ExpiredToken": return "The session has ended: log in again, or set new credentials."
        case "InvalidBucketName", "MethodNotAllowed", "MalformedXML", "InvalidRequest", "NotImplemented":
            return "The endpoint does not accept this request."
        default: return nil
        }
    }
}
