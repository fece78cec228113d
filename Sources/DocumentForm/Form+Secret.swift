public import PlanModel
import PlanSyntax
public import PlanText

extension Form where Value == Located<SecretReference> {
  /// Where a secret is to be had. A literal is an error whose text does not repeat it.
  public static let secret: Form = Form.object(
    "a reference to a secret", example: "{ env: PARIS_P12_PASSWORD }",
    .secretReference
  ) { place, reference in
    Located(reference, at: place.span)
  }.intercepting { node, context in
    let tree = context.tree
    guard tree.kind(of: node) == .scalar, !tree.isNull(node) else { return nil }
    return Diagnostic(
      .literalSecret, at: context.headSpan(of: node),
      "The secret itself is written here, but a plan holds only references to secrets.",
      help:
        "Put the secret into an environment variable, a file or a vault, refer to it with '{ env: NAME }', '{ file: PATH }' or '{ command: [PROGRAM] }', and change the secret if this file was ever shared."
    )
  }.concealed().named("secret")
}

extension Form where Value == [Located<String>] {
  /// A program and its arguments.
  public static let arguments: Form = .list(
    of: .scalar(.argument), "a program and its arguments as a list",
    example: "[ssh, sepm-par-01.example.net, hostname]"
  ).named("arguments")
}

extension Scalar where Value == String {
  /// One argument of a program; anything but a NUL.
  fileprivate static let argument = Scalar(
    "an argument", examples: [], page: .emptyText, rule: "Remove the NUL.",
    jsonTypes: ["string", "number", "boolean"]
  ) { $0.utf8.contains(0) ? nil : $0 }
}

extension Part where Value == SecretReference {
  fileprivate static let secretReference: Part = .exactlyOne(
    "the reference to the secret",
    of: [
      .init("env", .scalar(.environmentVariable), "The name of an environment variable.") {
        SecretReference.environment($0.value)
      },
      .init(
        "file", .scalar(.path.called("a path", examples: ["/run/secrets/paris-p12"])),
        "A file; one line end at its end does not count."
      ) { .file($0.value) },
      .init(
        "command", .arguments,
        "A program and its arguments, which prints the secret; never a shell line."
      ) { .command($0.map(\.value)) },
    ])
}
