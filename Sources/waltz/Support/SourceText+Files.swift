import PlanSyntax
import PlanText

extension SourceText {
  /// What standard input is called where nobody says otherwise.
  static let standardInputName = "<stdin>"

  /// What a source is called that was read from a path; `-` is standard input.
  static func name(of path: String, standardInput: String = standardInputName) -> String {
    path == "-" ? standardInput : path
  }

  /// The text of a document's file; `-` is standard input.
  ///
  /// - Throws: `CommandError` where it can not be read.
  init(reading path: String, standardInput: String = standardInputName) throws {
    self.init(
      name: Self.name(of: path, standardInput: standardInput),
      bytes: try Files.read(path, limit: SyntaxLimits.standard.size))
  }
}
