package import PlanText

extension CatalogueEntry {
  /// The page about the certificate that a site's API presents.
  static let apiCertificatePages: [CatalogueEntry] = [otherAPI]

  package static let otherAPI = CatalogueEntry(
    "C042", "The API presents a certificate that is not pinned",
    explanation: """
      The plan pins the certificate of a site's REST API with 'trust: { fingerprint: … }', and the \
      API's port presents another one. '--live' looked at it.

      Waltz would refuse to talk to it, so no wait could count its clients, and the rotation would \
      not get past its first step. Either the certificate was changed after the plan was written, \
      or something else answers in SEPM's place, and then the administrator's password must not be \
      sent there.

      Find out which: compare it with the certificate in SEPM's own console, or on the server with \
      `keytool -list -v -keystore keystore.jks`. If it is SEPM's, pin the fingerprint that the \
      message names.
      """,
    bad: ExamplePlan.pinnedAPI("the API presents another certificate"),
    good: ExamplePlan.pinnedAPI("the API presents this certificate"))
}

extension ExamplePlan {
  /// A document that pins the API's certificate, with what '--live' finds in a comment.
  fileprivate static func pinnedAPI(_ comment: String) -> String {
    let pin = "sha256:" + String(repeating: "9c", count: 32)
    return served(comment).replacing(
      "      username: rotation\n",
      with: "      username: rotation\n      trust: { fingerprint: \(pin) }\n")
  }
}
