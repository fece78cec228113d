import PlanSyntax
import PlanText

/// A file that was read and not looked into yet.
struct ReadFile: Sendable {
  /// As the user gave it; `-` is standard input.
  let path: String

  /// Empty where the file could not be read.
  let source: SourceText

  /// Why the file could not be read.
  let failure: CommandError?

  /// Reads a file; standard input goes by a name of its own.
  init(_ path: String, standardInput: String) {
    self.path = path
    do {
      source = try SourceText(reading: path, standardInput: standardInput)
      failure = nil
    } catch {
      source = SourceText(name: SourceText.name(of: path, standardInput: standardInput), bytes: [])
      failure = CommandError(error)
    }
  }

  /// Reads files, several at once, and leaves out those found beside plans that are none of Waltz's.
  ///
  /// * `others`: How many were left out.
  static func read(
    _ files: [PlanPaths.File], standardInput: String, jobs: Int?
  ) async -> (files: [ReadFile], others: Int) {
    let read = await inParallel(files.count, jobs: jobs) { position -> ReadFile? in
      let file = ReadFile(files[position].path, standardInput: standardInput)
      // What can not be read may be a plan.
      return files[position].isNamed || file.failure != nil || file.source.isOfWaltz ? file : nil
    }
    let kept = read.compactMap(\.self)
    return (kept, read.count - kept.count)
  }
}
