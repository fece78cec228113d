import PlanText
import PlanWorkspace
import Reports
import TestSupport
import WorkingTree

extension TestFolder {
  /// What `plan fmt` prints for each file that it does not pass over; of one that is refused, the codes.
  func formatted(
    _ paths: [String], check: Bool = false, diff: Bool = false
  ) throws -> [(output: String, isFinding: Bool)] {
    let folder = try working()
    let formatter = PlanFormatter(
      check: check, diffColor: diff ? false : nil, unicode: true, in: folder)
    return try PlanPaths(in: folder).files(paths).compactMap { file in
      switch try formatter.format(file) {
      case .foreign: nil
      case .refused(let diagnostics, _):
        (diagnostics.map(\.code).joined(separator: " "), true)
      case .laidOut(let output, let isFinding): (output.text, isFinding)
      }
    }
  }
}
