import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What is run for a step: a program, its arguments, what is added to its environment, and what it reads.
struct ProgramInvocation: Sendable, Equatable {
  /// The program: a name that is looked for in the `PATH`, or a path.
  let program: String

  /// The arguments, each as it is handed over.
  let arguments: [String]

  /// What the program learns of the step by variables.
  let variables: [String: String]

  /// What the program reads from standard input: a line of JSON (`docs/COMMANDS.md`, "Standard input").
  let document: [UInt8]

  /// The invocation of a program that carries out no step.
  init(program: String, arguments: [String], document: [UInt8]) {
    self.program = program
    self.arguments = arguments
    self.document = document
    variables = [:]
  }

  /// The invocation of a template for a step.
  ///
  /// - Throws: ``Trouble`` where a placeholder has no value, or one that would not stay a value.
  init(
    _ template: [String], for request: StepRequest, purpose: CommandDocument.Purpose
  ) throws(Trouble) {
    let values = PlaceholderValues(request, purpose: purpose)
    var words: [String] = []
    for argument in template { words.append(try Self.fill(argument, from: values)) }
    guard let first = words.first, !first.isEmpty else {
      throw Trouble(message: "The command has no program.")
    }
    program = first
    arguments = Array(words.dropFirst())
    variables = [
      "WALTZ_RUN": request.run, "WALTZ_STEP": request.graph.id(of: request.step),
      "WALTZ_ATTEMPT": String(request.attempt), "WALTZ_IDEMPOTENCY_KEY": request.idempotencyKey,
    ]
    document = CommandDocument(request, purpose: purpose).bytes
  }

  /// Why there is nothing to run.
  struct Trouble: Error, Equatable {
    /// What is wrong, as a sentence.
    let message: String
  }

  /// One argument with its placeholders filled in, once: what stands in for one is no template.
  ///
  /// A value is data. It may not make an option of an argument that is none, nor hold what ends an argument or a
  /// line. The plan language has no such values; a graph that comes from elsewhere might.
  private static func fill(
    _ template: String, from values: PlaceholderValues
  ) throws(Trouble) -> String {
    var filled = ""
    var rest = Substring(template)
    while let open = rest.firstIndex(of: "{") {
      filled += rest[..<open]
      let name = rest[rest.index(after: open)...].prefix { $0 != "}" && $0 != "{" }
      guard name.endIndex < rest.endIndex, rest[name.endIndex] == "}",
        let placeholder = CommandPlaceholder(rawValue: String(name))
      else {
        filled += "{"
        rest = rest[rest.index(after: open)...]
        continue
      }
      guard let value = values[placeholder] else {
        throw Trouble(
          message: "The command's placeholder `{\(name)}` has no value for `\(values.step)`.")
      }
      guard !value.isEmpty,
        value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
      else {
        throw Trouble(message: "The value of `{\(name)}` cannot be an argument of a program.")
      }
      if filled.isEmpty, value.hasPrefix("-") {
        throw Trouble(
          message:
            "The value of `{\(name)}` begins with `-`, so the program would take it for an option.")
      }
      filled += value
      rest = rest[rest.index(after: name.endIndex)...]
    }
    return filled + rest
  }
}
